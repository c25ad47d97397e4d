const MOST_CHARACTERS = 200;

/** Text of others on one short line: no control or invisible characters, and no `secret` if it is echoed. */
export function cleanText(text: string, secret: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  const safe = secret === '' ? line : line.replaceAll(secret, '[key]');
  return safe.length <= MOST_CHARACTERS
    ? safe
    : `${safe.slice(0, MOST_CHARACTERS - 1).replace(/\p{Cs}$/u, '')}…`;
}
