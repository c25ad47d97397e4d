import { describe, expect, it } from 'vitest';
import { addressText, healthUrl, isForThisMachine, parseHealthAddress } from '../../src/monitoring/index.ts';

describe('HEALTH_ADDRESS', () => {
  it.each([
    ['9464', '127.0.0.1:9464', true],
    ['127.0.0.1:9464', '127.0.0.1:9464', true],
    ['localhost:80', 'localhost:80', true],
    ['[::1]:9464', '[::1]:9464', true],
    ['0.0.0.0:9464', '0.0.0.0:9464', false],
    ['10.1.2.3:9464', '10.1.2.3:9464', false],
    ['[::]:9464', '[::]:9464', false],
  ])('%s is %s, for this machine: %s', (text, address, isOwn) => {
    const parsed = parseHealthAddress(text);
    if (!parsed) throw new Error('not understood');
    expect([addressText(parsed), isForThisMachine(parsed)]).toEqual([address, isOwn]);
  });

  it.each([
    '',
    'yes',
    ':9464',
    '65536',
    '127.0.0.1',
    'example.com:9464',
    '::1:9464',
    '127.0.0.1:9464/metrics',
    '1.2.3:1',
  ])('"%s" is none', (text) => {
    expect(parseHealthAddress(text)).toBeUndefined();
  });

  it('of all addresses is asked at the one of this machine', () => {
    expect(healthUrl({ host: '0.0.0.0', port: 1 })).toBe('http://127.0.0.1:1');
    expect(healthUrl({ host: '::', port: 1 })).toBe('http://[::1]:1');
    expect(healthUrl({ host: '10.1.2.3', port: 1 })).toBe('http://10.1.2.3:1');
  });
});
