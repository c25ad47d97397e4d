import { randomInt } from 'node:crypto';
import type { Extra } from './catalog-data.ts';

export interface IssuedCode {
  code: string;
  /** As in `metadata`: one entry an object, such as `{ Pin: '9482017365' }`. */
  metadata: Array<Record<string, string>>;
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function characters(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Makes codes and PINs long enough that finding one anywhere is a leak and no accident. */
export function createCodeMaker() {
  const secrets = new Set<string>();
  const unique = (make: () => string): string => {
    const secret = make();
    if (secrets.has(secret)) return unique(make);
    secrets.add(secret);
    return secret;
  };
  const entry = (extra: Extra): Record<string, string> => {
    if (extra === 'Expiry') return { Expiry: '2031-12-31' };
    if (extra === 'Serial') return { Serial: unique(() => `SN${characters('0123456789', 12)}`) };
    return { Pin: unique(() => `9${characters('0123456789', 9)}`) };
  };
  return {
    issue(extras: readonly Extra[]): IssuedCode {
      const code = unique(() => Array.from({ length: 4 }, () => characters(ALPHABET, 4)).join('-'));
      return { code, metadata: extras.map(entry) };
    },
    /** Every code, PIN and serial number ever issued. */
    secrets: (): string[] => [...secrets],
  };
}
