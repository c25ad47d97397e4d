import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/lib/log/log.ts';
import {
  ensureMessage,
  type Message,
  type MessageRecord,
  type Outbox,
  type Place,
  type Posting,
  postOnce,
  syncMessage,
  TooManyEdits,
} from '../../src/outbox/outbox.ts';
import { createScriptedClock } from '../orders/scripted-clock.ts';

const silent = { warn: () => {} } as unknown as Log;
const there: Place = { channel: 'C', message: '1' };

/** Records that change by guarded writes, in memory. */
function createOutbox() {
  const records = new Map<string, MessageRecord>();
  const lists = new Map<string, readonly string[]>();
  const clock = createScriptedClock(0);
  const outbox: Outbox<MessageRecord> = {
    records: {
      get: async (key) => records.get(key),
      async write(key, next, { seen, tags }) {
        const version = records.get(key)?.version ?? 0;
        if (version !== seen) return { ok: false, reason: 'changed', version };
        records.set(key, { ...next, version: seen + 1 });
        lists.set(key, tags);
        return { ok: true, version: seen + 1 };
      },
    },
    open: 'open',
    clock,
    log: silent,
  };
  const made = () => ensureMessage(outbox, { key: 'a', tries: 0, nextAt: clock.now() });
  return { outbox, records, lists, clock, made };
}

/** A message that was put somewhere, and how. */
function createMessage(changes: Partial<Message> = {}) {
  const calls: string[] = [];
  const message: Message = {
    says: 'waiting',
    list: 'standing',
    isLasting: true,
    async post({ mayBeOut, isFirst }) {
      calls.push(`post${mayBeOut ? ', may be out' : ''}${isFirst ? '' : ', anew'}`);
      return there;
    },
    async edit() {
      calls.push('edit');
      return true;
    },
    ...changes,
  };
  return { message, calls };
}

describe('a message that is to stand once', () => {
  it('has one record, whoever makes it first, and stands in the list of what is to be written', async () => {
    const { made, records, lists } = createOutbox();
    const [one, other] = await Promise.all([made(), made()]);
    expect(one).toEqual(other);
    expect([...records.values()]).toEqual([{ key: 'a', tries: 0, nextAt: 0, version: 1 }]);
    expect(lists.get('a')).toEqual(['open']);
  });

  it('is posted once and edited when it has to say something else', async () => {
    const { outbox, records, lists, made } = createOutbox();
    const { message, calls } = createMessage();
    await syncMessage(outbox, await made(), async () => message);
    await syncMessage(outbox, await made(), async () => message);
    await syncMessage(outbox, await made(), async () => ({ ...message, says: 'decided' }));
    expect(calls).toEqual(['post', 'edit']);
    expect(records.get('a')).toMatchObject({ says: 'decided', place: there, tries: 0 });
    expect(lists.get('a')).toEqual(['standing']);
  });

  it('is written by one of two that have read the same record', async () => {
    const { outbox, made } = createOutbox();
    const { message, calls } = createMessage();
    const record = await made();
    await Promise.all([1, 2].map(() => syncMessage(outbox, record, async () => message)));
    expect(calls).toEqual(['post']);
  });

  it('that was not taken waits, longer each time, and is looked for from then on', async () => {
    const { outbox, records, clock, made } = createOutbox();
    const { message, calls } = createMessage();
    const failing = createMessage({ post: () => Promise.reject(new Error('Discord is down')) });
    const gaps: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      await syncMessage(outbox, await made(), async () => failing.message);
      const nextAt = records.get('a')?.nextAt ?? 0;
      gaps.push(nextAt - clock.now());
      await syncMessage(outbox, await made(), async () => message);
      clock.advance(nextAt - clock.now());
    }
    expect(calls).toEqual([]);
    expect(gaps.slice(0, 3)).toEqual([5_000, 10_000, 20_000]);
    expect(gaps.at(-1)).toBe(15 * 60_000);
    await syncMessage(outbox, await made(), async () => message);
    expect(calls).toEqual(['post, may be out']);
  });

  it.each([
    [true, ['post', 'post, anew']],
    [false, ['post']],
  ])('that somebody deleted is posted anew where it lasts: %s', async (isLasting, expected) => {
    const { outbox, made } = createOutbox();
    const { message, calls } = createMessage({ isLasting, edit: async () => false });
    await syncMessage(outbox, await made(), async () => message);
    await syncMessage(outbox, await made(), async () => ({ ...message, says: 'decided' }));
    expect(calls).toEqual(expected);
  });

  it('that only stands in the way is taken away, and one that was never there is not looked for', async () => {
    const removed: (Place | undefined)[] = [];
    const past = createMessage({
      says: 'past',
      list: undefined,
      remove: async (place) => void removed.push(place),
    }).message;
    const before = createOutbox();
    await syncMessage(before.outbox, await before.made(), async () => past);
    expect(removed).toEqual([]);
    const after = createOutbox();
    await syncMessage(after.outbox, await after.made(), async () => createMessage().message);
    await syncMessage(after.outbox, await after.made(), async () => past);
    expect(removed).toEqual([there]);
    expect(after.lists.get('a')).toEqual([]);
  });

  it('of which nothing is left to say leaves every list', async () => {
    const { outbox, lists, made } = createOutbox();
    await syncMessage(outbox, await made(), async () => undefined);
    expect(lists.get('a')).toEqual([]);
  });
});

describe('what may be out already', () => {
  const how: Posting = { nonce: 'n', mayBeOut: true, pings: false };
  const board = () => {
    const said: string[] = [];
    const post = async (content: string) => {
      said.push(`post ${content}`);
      return there;
    };
    const edit = async (_: Place, content: string) => said.push(`edit ${content}`) > 0;
    return { said, post, edit };
  };

  it('is looked for by what it said at first, and then says what it should', async () => {
    const it = board();
    await postOnce(it, 'now', how, { first: 'then', isChanged: true });
    expect(it.said).toEqual(['post then', 'edit now']);
  });

  it('is not edited where nothing has changed, nor looked for where it cannot be out', async () => {
    const it = board();
    await postOnce(it, 'now', how, { first: 'then', isChanged: false });
    await postOnce(it, 'now', { ...how, mayBeOut: false }, { first: 'then', isChanged: true });
    expect(it.said).toEqual(['post then', 'post now']);
  });
});

describe('a message that was edited too often', () => {
  it('is left alone for longer each time, then says the newest, and may be edited at once again', async () => {
    const { outbox, records, clock, made } = createOutbox();
    const first = createMessage();
    await syncMessage(outbox, await made(), async () => first.message);
    let tries = 0;
    const tired = createMessage({
      says: 'newer',
      async edit() {
        tries += 1;
        throw new TooManyEdits('code 30046');
      },
    });
    const sync = async (message: Message) => {
      const record = records.get('a');
      if (record) await syncMessage(outbox, record, async () => message);
    };
    const gaps: number[] = [];
    for (let at = 0; gaps.length < 10; at++) {
      const before = tries;
      await sync(tired.message);
      if (tries > before) gaps.push(at);
      clock.advance(10_000);
    }
    // In steps of ten seconds: one, two, four, eight and so on, half an hour at most.
    expect(gaps).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 435]);
    clock.advance(60 * 60_000);
    const newest = createMessage({ says: 'newest' });
    await sync(newest.message);
    expect(newest.calls).toEqual(['edit']);
    expect(records.get('a')).toMatchObject({ says: 'newest', tries: 0 });
  });
});
