import { describe, expect, it } from 'vitest';
import type { DeliveryResult } from '../../../src/outbox/delivery-result.ts';
import { anna, buy, confirm, type Desk, lastOf, openDesk, quote, statusesOf } from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';

const MINUTE = 60_000;
const tries = ({ post }: Desk) => post.parcels.length;

/** Bought; its direct message went so. */
async function bought(how: DeliveryResult) {
  const desk = await openDesk();
  desk.post.post = async () => how;
  const order = await buy(desk, { quantity: 2 });
  return { desk, order };
}

describe('a direct message that Discord did not take', () => {
  it('is tried again by itself at growing gaps, for about an hour, and is one step in the record', async () => {
    const { desk, order } = await bought('failed');
    const at: number[] = [desk.clock.now()];
    desk.post.post = async () => {
      at.push(desk.clock.now());
      return 'failed';
    };
    await pass(desk, 10 * MINUTE);
    await pass(desk, 3 * 60 * MINUTE, [desk], MINUTE);
    const gaps = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(gaps.slice(0, 8)).toEqual(gaps.slice(0, 8).toSorted((a, b) => a - b));
    const tookMinutes = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / MINUTE;
    expect(tookMinutes).toBeGreaterThan(45);
    expect(tookMinutes).toBeLessThan(90);
    const after = await desk.stored(order.id);
    expect(statusesOf(after)).toEqual(statusesOf(order));
    expect(lastOf(after)).toMatchObject({ status: 'held', why: 'dm_failed' });
    expect(desk.post.told).toEqual([]);
  });

  it('arrives once Discord takes it, looked for first each time, and the order is delivered', async () => {
    const { desk, order } = await bought('failed');
    await pass(desk, MINUTE);
    desk.post.post = async () => 'sent';
    await pass(desk, 10 * MINUTE);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'delivered', why: 'dm_sent', by: 'cardigan' });
    expect(after.cards.every(({ deliveredAt }) => deliveredAt !== undefined)).toBe(true);
    const again = desk.post.parcels.slice(1);
    expect(again.length).toBeGreaterThan(2);
    expect(again.every(({ mayBeOut, number }) => mayBeOut && number === 0)).toBe(true);
    const sent = tries(desk);
    await pass(desk, 10 * MINUTE);
    expect(tries(desk)).toBe(sent);
  });

  it('that turns out to be for a closed inbox is not tried any more', async () => {
    const { desk, order } = await bought('failed');
    desk.post.post = async () => 'closed';
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect(tries(desk)).toBe(2);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'held', why: 'dm_closed' });
  });

  it('to a closed inbox is not tried again at all', async () => {
    const { desk } = await bought('closed');
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect(tries(desk)).toBe(1);
  });

  it('is not tried again at all when Discord asks for fewer of them, until somebody wants it', async () => {
    const { desk, order } = await bought('withheld');
    expect(lastOf(order)).toMatchObject({ status: 'held', why: 'dm_withheld' });
    expect(order.cards.map(({ deliveredAt }) => deliveredAt)).toEqual([undefined, undefined]);
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    await desk.carryOut(order.id);
    expect(tries(desk)).toBe(1);
    desk.post.post = async () => 'sent';
    const after = await desk.carryOut(order.id, 'anew');
    expect(lastOf(after)).toMatchObject({ status: 'delivered', why: 'dm_sent' });
    expect(desk.post.parcels.at(-1)?.mayBeOut).toBe(true);
  });

  it('that was withheld can be revealed like any other', async () => {
    const { desk, order } = await bought('withheld');
    await desk.seen(await desk.reveal(order.id, anna));
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('is tried for its own recipient, not for another one whose inbox is closed', async () => {
    const desk = await openDesk();
    const quoted = await quote(desk, { quantity: 2 });
    const { version: seen, ...rest } = quoted;
    const recipients = ['cleo', 'dora'].map((user) => ({ user, quantity: 1 }));
    const guard = { seen, tags: ['open'], holds: [`reference/${rest.reference}`] };
    await desk.orderRecords.write(quoted.id, { ...rest, recipients }, guard);
    desk.post.post = async ({ recipient }) => (recipient === 'cleo' ? 'closed' : 'failed');
    await confirm(desk, quoted);
    desk.post.post = async () => 'sent';
    await pass(desk, 10 * MINUTE);
    expect(desk.post.parcels.map(({ recipient }) => recipient)).toEqual(['cleo', 'dora', 'dora']);
    expect((await desk.stored(quoted.id)).status).toBe('held');
  });

  it('is not sent any more once its recipient has seen the codes', async () => {
    const { desk, order } = await bought('failed');
    await desk.seen(await desk.reveal(order.id, anna));
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect(tries(desk)).toBe(1);
  });

  it('goes on where it was after a restart, and two processes try it once at a time', async () => {
    const { desk, order } = await bought('failed');
    await pass(desk, 5 * MINUTE);
    const before = tries(desk);
    const [one, other] = [desk.newProcess(), desk.newProcess()];
    await one.recover();
    await pass(desk, 5 * MINUTE, [one, other]);
    expect(tries(desk) - before).toBeLessThan(4);
    desk.post.post = async () => 'sent';
    await pass(desk, 20 * MINUTE, [one, other], 30_000);
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(desk.post.parcels.filter(({ mayBeOut }) => !mayBeOut)).toHaveLength(1);
  });

  it('is tried also while other codes of the order are still to come', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'failed';
    desk.vendor.later = ({ codes }) => codes.slice(0, 1).map(({ code }) => code);
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      const raw = await answer(request);
      const body = JSON.parse(Buffer.from(raw.body).toString());
      body.data.codes.length = 1;
      return { ...raw, body: Buffer.from(JSON.stringify(body)) };
    };
    const order = await buy(desk, { quantity: 2 });
    expect(lastOf(order)).toMatchObject({ status: 'bought', why: 'dm_failed' });
    desk.post.post = async () => 'sent';
    await pass(desk, MINUTE);
    const after = await desk.stored(order.id);
    expect(after.cards.map(({ deliveredAt }) => deliveredAt !== undefined)).toEqual([true]);
    expect(after.status).toBe('bought');
  });

  it.each(['before', 'after'] as const)(
    'survives a process that dies %s any call while it tries again',
    async (when) => {
      for (let call = 1; ; call++) {
        const { desk, order } = await bought('failed');
        desk.post.post = async () => 'sent';
        desk.clock.advance(3_000);
        const mortal = createMortal({ call, when });
        const end = await Promise.race([desk.newProcess(mortal.wrap).tick(), mortal.died]);
        await pass(desk, 30_000, [desk.newProcess()]);
        expect((await desk.stored(order.id)).status).toBe('delivered');
        expect(desk.post.parcels.slice(1).every(({ mayBeOut }) => mayBeOut)).toBe(true);
        if (end !== 'died') break;
      }
    },
  );
});

describe('codes that are on record and not in the vault', () => {
  it('make no empty message: the log says so, and they count as not sent', async () => {
    const { desk, order } = await bought('failed');
    await desk.vault.purge(order.id);
    desk.post.post = async () => 'sent';
    await pass(desk, MINUTE);
    expect(tries(desk)).toBe(1);
    expect((await desk.stored(order.id)).status).toBe('held');
    expect(desk.logged).toContainEqual(expect.objectContaining({ message: 'codes of an order are not in the vault' }));
  });
});
