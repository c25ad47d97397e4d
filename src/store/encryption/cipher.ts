import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import type { KeyvEncryptionAdapter } from 'keyv';
import { StoreError } from '../store-error.ts';

const ivBytes = 12;
const tagBytes = 16;

/** Keyv's encryption option: AES-256-GCM. The first key seals, every key opens. */
export interface Cipher extends KeyvEncryptionAdapter {
  /** How many keys there are. */
  readonly keys: number;
  encrypt(text: string): string;
  decrypt(sealed: string): string;
  /** Whether a text is sealed by the first key. */
  isCurrent(sealed: string): boolean;
  /** Whether a text is sealed by one of the keys. */
  isKnown(sealed: string): boolean;
}

/**
 * Sealed text: `1.<key name>.<base64url of iv, ciphertext and tag>`. The key's name, 48 bits of an HMAC under
 * the key itself, tells a wrong key from a damaged text and says what is still to be re-sealed.
 */
export function createCipher(keys: readonly KeyObject[]): Cipher {
  const byHeader = new Map(keys.map((key) => [headerOf(key), key]));
  const [current] = byHeader;
  if (!current) throw new RangeError('a cipher needs a key');
  return {
    keys: byHeader.size,
    encrypt: (text) => seal(...current, text),
    decrypt: (sealed) => {
      const key = byHeader.get(split(sealed).header);
      if (!key) throw wrongKey();
      return unseal(key, sealed);
    },
    isCurrent: (sealed) => split(sealed).header === current[0],
    isKnown: (sealed) => byHeader.has(split(sealed).header),
  };
}

export function wrongKey(hint = ''): StoreError {
  return new StoreError(
    'wrong_key',
    `The encryption key is not the one this store was sealed with: set ENCRYPTION_KEY to that one (while rotating: "new,old").${hint}`,
    { isUnreadable: true },
  );
}

function headerOf(key: KeyObject): string {
  const name = createHmac('sha256', key).update('cardigan key name').digest('base64url');
  return `1.${name.slice(0, 8)}`;
}

function split(sealed: string): { header: string; body: Buffer } {
  const end = sealed.lastIndexOf('.');
  return { header: sealed.slice(0, end), body: Buffer.from(sealed.slice(end + 1), 'base64url') };
}

function seal(header: string, key: KeyObject, text: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header));
  const parts = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `${header}.${Buffer.concat(parts).toString('base64url')}`;
}

function unseal(key: KeyObject, sealed: string): string {
  const { header, body } = split(sealed);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, ivBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(header))
      .setAuthTag(body.subarray(-tagBytes));
    const text = decipher.update(body.subarray(ivBytes, -tagBytes));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (error) {
    throw new StoreError('broken', 'A sealed text is damaged: restore it from a backup.', {
      cause: error,
      isUnreadable: true,
    });
  }
}
