import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type RecordFault, StoreError } from '../store-error.ts';
import { FIRST_SHAPE, type Shapes } from '../versions/shapes.ts';
import type { GuardedRow, StoredRecord } from './stored.ts';

/**
 * What makes a guarded record authentic: who can write to the database and has no key of the store can make none, and
 * change none.
 */
export interface RecordSeal {
  /** The text to store, of what Keyv makes of a record. */
  close(namespace: string, key: string, version: number, body: string, lists: Lists): string;
  /**
   * What was closed, of what is stored; where that is of an earlier shape, with its number beside the value. Throws a
   * StoreError that `isUnreadable`.
   */
  open(namespace: string, key: string, stored: StoredRecord): string;
  /**
   * `unsealed`: of a store from before records were authenticated, or somebody else's. `misplaced`: authentic, but in
   * other lists, or with other names, than it was written with.
   */
  judge(row: Omit<GuardedRow, 'seq'>): Judgement | 'misplaced';
}

/** What is stored beside a record, by which it is found. */
type Lists = Pick<GuardedRow, 'tags' | 'holds'>;
type Judgement = 'authentic' | 'unsealed' | Exclude<RecordFault, 'invalid'>;

/** Every stored record ends so. What Keyv makes of a record ends in two braces, so nothing else does. */
const ending = /,"shape":(\d{1,9}),"lists":"([\w-]{16})","mac":"([\w-]{43})"\}$/;

/**
 * Stored is what Keyv makes of a record, with fields behind it: `{"value":…,"shape":1,"lists":"…","mac":"…"}`. The MAC is
 * over namespace, key, version, shape, a hash of tags and holds, and the text itself, so nothing has to be written the
 * same way twice. Tags and holds are compared with their hash by whoever proves the whole store.
 */
export function createRecordSeal(storeKey: Buffer, shapes: Shapes): RecordSeal {
  const macKey = Buffer.from(hkdfSync('sha256', storeKey, '', 'cardigan records are authentic', 32));
  const shapeIn = (namespace: string): number => shapes[namespace] ?? FIRST_SHAPE;
  const macOf = (...said: readonly (string | number)[]): Buffer =>
    createHmac('sha256', macKey).update(JSON.stringify(said)).digest();

  function examine(namespace: string, key: string, { text, version }: StoredRecord) {
    const found = ending.exec(text);
    if (!found) return { is: 'unsealed', body: text } as const;
    const [, digits, lists = '', mac = ''] = found;
    const shape = Number(digits);
    const body = `${text.slice(0, found.index)}}`;
    const expected = macOf(namespace, key, version, shape, lists, body);
    const isOurs = timingSafeEqual(expected, Buffer.from(mac, 'base64url'));
    if (!isOurs) return { is: 'not_authentic', body } as const;
    return { is: shape > shapeIn(namespace) ? 'newer' : 'authentic', body, lists, shape } as const;
  }

  return {
    close(namespace, key, version, body, beside) {
      const [shape, lists] = [shapeIn(namespace), hashOf(beside)];
      const mac = macOf(namespace, key, version, shape, lists, body).toString('base64url');
      return `${body.slice(0, -1)},"shape":${shape},"lists":"${lists}","mac":"${mac}"}`;
    },
    open(namespace, key, stored) {
      const { is, body, shape = FIRST_SHAPE } = examine(namespace, key, stored);
      const isEarlier = shape < shapeIn(namespace);
      if (is === 'authentic') return isEarlier ? `${body.slice(0, -1)},"shape":${shape}}` : body;
      throw unreadable(namespace, key, is === 'newer' ? is : 'not_authentic', stored.text);
    },
    judge({ namespace, key, stored, ...beside }) {
      const { is, lists } = examine(namespace, key, stored);
      return is === 'authentic' && lists !== hashOf(beside) ? 'misplaced' : is;
    },
  };
}

/** Each name counts once, in whatever order they are given. */
function hashOf({ tags, holds }: Lists): string {
  const sets = [tags, holds].map((names) => [...new Set(names)].sort());
  return createHash('sha256').update(JSON.stringify(sets)).digest('base64url').slice(0, 16);
}

/** Another damage to the same record has another mark; by whom it was sealed makes no difference. */
export const markOf = (text: string): string =>
  createHash('sha256').update(text.replace(ending, '')).digest('hex').slice(0, 12);

const words = {
  not_authentic: 'was not written by Cardigan, or somebody changed it in the database: restore it from a backup',
  newer: 'was written by a later version of Cardigan: run that version',
};

function unreadable(namespace: string, key: string, fault: keyof typeof words, text: string): StoreError {
  const record = { namespace, key, fault, mark: markOf(text) };
  const message = `What is stored as ${namespace}/${key} ${words[fault]}.`;
  return new StoreError('broken', message, { isUnreadable: true, record });
}
