import { describe, expect, it } from 'vitest';
import type { NoticeContent } from '../../../src/orders/model/ports.ts';
import { remindersDue } from '../../../src/orders/notify/reminders.ts';
import { ask, ben, cleo, type Desk, lastOf, openDesk, quote } from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { until } from '../scripted-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Cleo has asked, and her card is up. */
async function asked(hours = 72) {
  const desk = await openDesk();
  await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, approvalHours: hours }));
  const order = await ask(desk, await quote(desk, { member: cleo }));
  await until(() => desk.board.notices.length > 0);
  return { desk, order };
}

type Reminder = Extract<NoticeContent, { kind: 'reminder' }>;
const isReminder = (content: NoticeContent): content is Reminder => content.kind === 'reminder';
/** Reminders as they were first put up, and whether they still stand. */
const remindersOf = ({ board }: Desk) =>
  board.notices.flatMap(({ said: [first], pings }, at) =>
    first && isReminder(first) ? [{ ...first, pings, isUp: !board.deleted.has(String(at)) }] : [],
  );
const numbersUp = (desk: Desk) =>
  remindersOf(desk)
    .filter(({ isUp }) => isUp)
    .map(({ number }) => number);
const minutely = (desk: Desk, ms: number) => pass(desk, ms, [desk], MINUTE);

describe('a reminder of an order that waits for approval', () => {
  it('is never due for what nobody was asked about, such as an order of an approved campaign', () => {
    const approval = { channel: 'c', wanted: 1, endsAt: 72 * HOUR, votes: [] };
    const unasked = { approval: { ...approval, because: [], budgets: [] }, history: [{ at: 0 }] };
    expect(remindersDue(unasked, 60 * HOUR)).toBe(0);
    const known = { ...unasked, history: [{ at: 1, why: 'approval_asked' }] };
    expect(remindersDue(known, 61 * HOUR)).toBe(4);
  });

  it('comes after 4 hours, 8 more, 16 more and 32 more, and each takes the place of the one before', async () => {
    const { desk } = await asked();
    const came: number[] = [];
    for (let hour = 1; hour < 72; hour++) {
      const before = remindersOf(desk).length;
      await pass(desk, HOUR, [desk], HOUR / 4);
      if (remindersOf(desk).length > before) came.push(hour);
      expect(numbersUp(desk).length).toBeLessThanOrEqual(1);
    }
    expect(came).toEqual([4, 12, 28, 60]);
    expect(numbersUp(desk)).toEqual([4]);
  });

  it('pings nobody, names its card, and says how many approvals are still wanted', async () => {
    const { desk, order } = await asked();
    await minutely(desk, 4 * HOUR + 2 * MINUTE);
    const [reminder] = remindersOf(desk);
    expect(reminder).toMatchObject({ number: 1, card: { channel: 'admins', message: '0' } });
    expect(reminder?.order.id).toBe(order.id);
    // Between the card and its reminder, admins are told that it has waited for an hour.
    expect(desk.board.notices.map(({ pings }) => pings)).toEqual([true, false, false]);
  });

  it('goes when somebody decides, at once', async () => {
    const { desk, order } = await asked();
    await minutely(desk, 4 * HOUR + 2 * MINUTE);
    expect(numbersUp(desk)).toEqual([1]);
    await desk.reject(order.id, ben, 'Too dear');
    await expect.poll(() => numbersUp(desk)).toEqual([]);
  });

  it('goes when the order ends without a decision', async () => {
    const { desk, order } = await asked();
    await minutely(desk, 5 * HOUR);
    desk.clock.advance(70 * HOUR);
    await minutely(desk, 2 * MINUTE);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'expired' });
    await expect.poll(() => numbersUp(desk)).toEqual([]);
  });

  it('says anew what is wanted once one of several has approved', async () => {
    const { desk } = await asked();
    await desk.policies.change('guild', 'anna', (policy) => ({
      ...policy,
      tiers: [{ over: '0', approvals: 2 }],
    }));
    const two = await ask(desk, await quote(desk, { member: cleo }));
    await minutely(desk, 4 * HOUR + 2 * MINUTE);
    await desk.approve(two.id, ben);
    const votes = () =>
      desk.board.notices
        .map(({ said }) => said.filter(isReminder).map((each) => each.order))
        .filter(([first]) => first?.id === two.id)
        .map((orders) => orders.map(({ approval }) => approval?.votes.length));
    await expect.poll(votes).toEqual([[0, 1]]);
  });

  it('does not come within the last minutes before the end', async () => {
    const { desk } = await asked(4);
    await minutely(desk, 4 * HOUR - MINUTE);
    expect(remindersOf(desk)).toEqual([]);
  });

  it('after a pause is the newest one alone', async () => {
    const { desk } = await asked();
    desk.clock.advance(30 * HOUR);
    const started = desk.newProcess();
    await started.recover();
    await pass(desk, 3 * MINUTE, [started], MINUTE);
    expect(remindersOf(desk).map(({ number }) => number)).toEqual([3]);
  });

  it('that somebody has deleted stays away', async () => {
    const { desk } = await asked();
    await minutely(desk, 4 * HOUR + 2 * MINUTE);
    desk.board.deleted.add('1');
    await minutely(desk, HOUR);
    expect(remindersOf(desk)).toHaveLength(1);
  });

  it('counts from when it was asked for, not from the approvals it has', async () => {
    const { order } = await asked();
    const voted = { ...order, history: [...order.history, { ...order.history.at(-1) }] };
    const at = order.history.at(-1)?.at ?? 0;
    expect(remindersDue(voted as typeof order, at + 4 * HOUR - 1)).toBe(0);
    expect(remindersDue(voted as typeof order, at + 4 * HOUR)).toBe(1);
  });

  it.each(['before', 'after'] as const)(
    'is there once, and gone once it is decided, whatever call its process dies %s',
    async (when) => {
      for (let call = 1; ; call++) {
        const { desk, order } = await asked();
        desk.clock.advance(4 * HOUR);
        const mortal = createMortal({ call, when });
        const process = desk.newProcess(mortal.wrap);
        // The card is seen to be up first; the reminder is told, and put up.
        const dying = process.tick().then(() => 'finished');
        const end = await Promise.race([dying, mortal.died]);
        const next = desk.newProcess();
        await pass(desk, 3 * MINUTE, [next], 5_000);
        expect(remindersOf(desk)).toHaveLength(1);
        await next.reject(order.id, ben, 'no');
        await pass(desk, 3 * MINUTE, [next], 5_000);
        expect(numbersUp(desk)).toEqual([]);
        if (end === 'finished') break;
      }
    },
  );
});

describe('orders that wait for approval', () => {
  it('cost a look a minute, not one every few seconds', async () => {
    const { desk } = await asked();
    let reads = 0;
    const counting = desk.newProcess((parts) => {
      const records: typeof parts.store.records = (namespace, schema) => {
        const real = parts.store.records(namespace, schema);
        const get: typeof real.get = (key) => {
          reads++;
          return real.get(key);
        };
        const tagged: typeof real.tagged = async (tag, page) => {
          const found = await real.tagged(tag, page);
          reads += found.records.length;
          return found;
        };
        return { ...real, get, tagged };
      };
      return { ...parts, store: { ...parts.store, records } };
    });
    await pass(desk, MINUTE, [counting]);
    reads = 0;
    await pass(desk, 10 * MINUTE, [counting]);
    const ofOne = reads;
    for (let more = 0; more < 5; more++) {
      const member = { ...cleo, user: `cleo-${more}` };
      await ask(desk, await quote(desk, { member }), member);
    }
    await until(() => desk.board.notices.length === 6);
    await pass(desk, 16 * MINUTE, [counting]);
    reads = 0;
    await pass(desk, 10 * MINUTE, [counting]);
    // Read as waiting, its card, and whether its time is over; nothing of it in between.
    expect((reads - ofOne) / 5 / 10).toBeLessThanOrEqual(3);
  });
});
