import { describe, expect, it } from 'vitest';

// The page's scripts run in a browser as they are; this one needs none.
const file = new URL('../../sandbox/page/client/markdown.js', import.meta.url).href;
const { blocks, inlines } = (await import(file)) as {
  blocks(text: string): unknown[];
  inlines(text: string): unknown[];
};

const text = (words: string) => ({ kind: 'text', text: words });

describe("Discord's markdown on the page", () => {
  it('knows bold, code, spoilers and what is inside them', () => {
    expect(inlines('**Bought** `K7Q2M9` ||**secret**||')).toEqual([
      { kind: 'bold', inner: [text('Bought')] },
      text(' '),
      { kind: 'code', text: 'K7Q2M9' },
      text(' '),
      { kind: 'spoiler', inner: [{ kind: 'bold', inner: [text('secret')] }] },
    ]);
  });

  it('leaves what was escaped, and what only looks like markdown', () => {
    expect(inlines('\\*\\*not bold\\*\\* snake_case_name 2 * 3 * 4')).toEqual([
      text('**not bold** snake_case_name 2 * 3 * 4'),
    ]);
  });

  it('knows moments, people, roles and channels', () => {
    expect(inlines('<t:1700000000:R><@12><@&34><#56>')).toEqual([
      { kind: 'time', at: 1_700_000_000_000, style: 'R' },
      { kind: 'user', id: '12' },
      { kind: 'role', id: '34' },
      { kind: 'channel', id: '56' },
    ]);
  });

  it('knows commands that can be pressed', () => {
    expect(inlines('See </reward list:123>.')).toEqual([
      text('See '),
      { kind: 'command', name: 'reward list' },
      text('.'),
    ]);
    expect(inlines('See \\/orders')).toEqual([text('See /orders')]);
  });

  it('makes links of web addresses alone', () => {
    expect(inlines('[run](javascript:alert)')).toEqual([text('[run](javascript:alert)')]);
    expect(inlines('see https://example.com/a.')).toEqual([
      text('see '),
      { kind: 'link', href: 'https://example.com/a', inner: [text('https://example.com/a')] },
      text('.'),
    ]);
  });

  it('knows lists, quotes, headings, small text and code over several lines', () => {
    expect(blocks('# Title\n- one\n- two\n> said\n-# small\n```\nABCD\n```\nend')).toEqual([
      { kind: 'heading', level: 1, inner: [text('Title')] },
      { kind: 'list', isOrdered: false, start: 1, items: [[text('one')], [text('two')]] },
      { kind: 'quote', blocks: [{ kind: 'lines', lines: [[text('said')]] }] },
      { kind: 'small', inner: [text('small')] },
      { kind: 'fence', text: 'ABCD' },
      { kind: 'lines', lines: [[text('end')]] },
    ]);
  });

  it('ends with whatever it is given', () => {
    for (const odd of ['', '\n\n', '**', '``', '||', '<t:', '> ', '- ', '```', '[a](', '****', '`'])
      expect(blocks(odd)).toBeInstanceOf(Array);
  });
});
