import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/lib/dates/calendar.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { dayKey } from '../../../src/policy/budgets/ledger.ts';
import {
  APPROVAL_LASTS_MS,
  anna,
  ask,
  ben,
  cleo,
  type Desk,
  lastOf,
  olga,
  openDesk,
  problemOf,
  quote,
  statusesOf,
} from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal, type Death } from '../mortal.ts';
import { until } from '../scripted-clock.ts';
import { ITEM } from '../vendor.ts';

const quoted = async () => {
  const desk = await openDesk();
  return { desk, order: await quote(desk, { member: cleo }) };
};
/** Cleo has asked, and her card is up. */
const asked = async () => {
  const { desk, order } = await quoted();
  await ask(desk, order);
  await until(() => desk.board.notices.length > 0);
  return { desk, order };
};
const ended = (desk: Desk, { id }: Order, status: string) =>
  expect.poll(async () => (await desk.stored(id)).status).toBe(status);
/** The statuses that the order's card has shown. */
const cardOf = ({ board }: Desk) =>
  board.notices
    .filter(({ said: [first] }) => first?.kind === 'approval')
    .map(({ said }) => said.map((content) => content.kind === 'approval' && content.order.status));
const BOUGHT = ['quoted', 'awaiting_approval', 'approved', 'buying', 'bought', 'delivered'];

describe('asking for an approval', () => {
  it('puts up a card where the requester asked, and shows them that it waits', async () => {
    const { desk, order } = await asked();
    const waiting = await desk.stored(order.id);
    expect(lastOf(waiting)).toMatchObject({ by: 'cleo', why: 'approval_asked' });
    expect(waiting.approval).toMatchObject({
      channel: 'channel',
      wanted: 1,
      because: [{ rule: 'every_order' }],
      budgets: [],
      votes: [],
      endsAt: desk.clock.now() + APPROVAL_LASTS_MS,
    });
    expect(cardOf(desk)).toEqual([['awaiting_approval']]);
    expect(desk.post.shown.at(-1)?.status).toBe('awaiting_approval');
    expect(desk.vendor.posts).toEqual([]);
  });

  it('goes to the channel of the admins where Cardigan may not write', async () => {
    const { desk, order } = await quoted();
    desk.board.closed.add('channel');
    expect((await ask(desk, order)).approval?.channel).toBe('admins');
  });

  it('promises nothing where Cardigan may write nowhere', async () => {
    const { desk, order } = await quoted();
    desk.board.hasChannel = false;
    expect(await problemOf(ask(desk, order))).toEqual({ code: 'no_approval_channel' });
    expect((await desk.stored(order.id)).status).toBe('quoted');
  });

  it('is refused while purchases are stopped, and the offer stays', async () => {
    const { desk, order } = await quoted();
    await desk.stopPurchases(olga);
    expect(await problemOf(ask(desk, order))).toMatchObject({ code: 'purchases_stopped' });
    expect((await desk.stored(order.id)).status).toBe('quoted');
  });

  it('is nobody else’s, and not for an offer that has ended', async () => {
    const { desk, order } = await quoted();
    expect(await problemOf(ask(desk, order, ben))).toEqual({ code: 'not_yours' });
    desk.clock.advance(15 * 60_000);
    expect(await problemOf(ask(desk, order))).toMatchObject({ code: 'quote_expired' });
  });

  it('goes to the channel of the admins where its requester may only read', async () => {
    const { desk, order } = await quoted();
    const pressed = { follow: async () => {}, mayWrite: (channel: string) => channel !== order.channel };
    const waiting = await desk.ask(order.id, cleo, pressed);
    expect(waiting.approval?.channel).toBe('admins');
  });

  it('happens once, however often it is pressed', async () => {
    const { desk, order } = await quoted();
    const presses = await Promise.all([1, 2, 3].map(() => problemOf(ask(desk, order))));
    expect(presses.filter((each) => each === 'no problem')).toHaveLength(1);
    await pass(desk, 30_000);
    expect(cardOf(desk)).toEqual([['awaiting_approval']]);
  });
});

describe('an order that waits for approval', () => {
  it('is bought once somebody with Manage Server approves, and its card says so at once', async () => {
    const { desk, order } = await asked();
    const approved = await desk.approve(order.id, ben);
    expect(lastOf(approved)).toMatchObject({ status: 'approved', by: 'ben', why: 'approved' });
    await ended(desk, order, 'delivered');
    expect(statusesOf(await desk.stored(order.id))).toEqual(BOUGHT);
    expect(desk.post.parcels.map(({ recipient }) => recipient)).toEqual(['cleo']);
    await expect.poll(() => cardOf(desk)[0]?.length ?? 0).toBeGreaterThan(1);
    expect(cardOf(desk)[0]?.[1]).not.toBe('awaiting_approval');
  });

  it('is rejected with a reason, which its requester is told', async () => {
    const { desk, order } = await asked();
    desk.clock.advance(20 * 60_000);
    await desk.reject(order.id, ben, ' Too dear ');
    const rejected = await desk.stored(order.id);
    expect(lastOf(rejected)).toMatchObject({ why: 'rejected', by: 'ben', detail: 'Too dear' });
    await expect.poll(() => desk.post.told.at(-1)?.status).toBe('rejected');
    await expect.poll(() => cardOf(desk)).toEqual([['awaiting_approval', 'rejected']]);
    expect(desk.vendor.posts).toEqual([]);
  });

  it('is cancelled by its requester alone', async () => {
    const { desk, order } = await asked();
    expect(await problemOf(desk.cancel(order.id, ben))).toEqual({ code: 'not_yours' });
    await desk.cancel(order.id, cleo);
    await expect.poll(() => cardOf(desk)).toEqual([['awaiting_approval', 'cancelled']]);
    expect(await problemOf(desk.approve(order.id, ben))).toMatchObject({ how: 'cancelled' });
  });

  it('is nobody’s to decide without Manage Server there now, nor its requester’s', async () => {
    const { desk, order } = await asked();
    const decide = (member: typeof ben) =>
      Promise.all([problemOf(desk.approve(order.id, member)), problemOf(desk.reject(order.id, member, 'no'))]);
    const own = { code: 'own_approval', reference: order.reference };
    expect(await decide({ ...cleo, isManager: true })).toEqual([own, own]);
    const not = { code: 'approvers_only' };
    expect(await decide({ ...ben, isManager: false })).toEqual([not, not]);
    expect(await decide({ ...ben, guild: 'another' })).toEqual([not, not]);
    expect((await desk.stored(order.id)).status).toBe('awaiting_approval');
  });

  it('is decided once: of two at the same moment one wins, and the other is told what was decided', async () => {
    for (const first of ['approve', 'reject'] as const) {
      const { desk, order } = await asked();
      const yes = () => problemOf(desk.approve(order.id, ben));
      const no = () => problemOf(desk.reject(order.id, anna, 'no'));
      const presses = await Promise.all(first === 'approve' ? [yes(), no()] : [no(), yes()]);
      const over = presses.find((each) => each !== 'no problem');
      expect(presses).toContain('no problem');
      const status = over && typeof over === 'object' && 'how' in over ? over.how : undefined;
      expect(over).toMatchObject({ code: 'approval_over', reference: order.reference });
      await ended(desk, order, status === 'approved' ? 'delivered' : 'rejected');
      expect(desk.vendor.posts).toHaveLength(status === 'approved' ? 1 : 0);
    }
  });

  it('is bought once, though two people approve it in two processes', async () => {
    const { desk, order } = await asked();
    const other = desk.newProcess();
    const presses = [desk.approve(order.id, ben), other.approve(order.id, anna)];
    const ends = await Promise.all(presses.map(problemOf));
    expect(ends.filter((each) => each === 'no problem')).toHaveLength(1);
    await ended(desk, order, 'delivered');
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('is bought or cancelled, never both, when both are pressed at the same moment', async () => {
    const { desk, order } = await asked();
    await Promise.all([problemOf(desk.approve(order.id, ben)), problemOf(desk.cancel(order.id, cleo))]);
    await until(async () => /cancelled|delivered/.test((await desk.stored(order.id)).status));
    const { status } = await desk.stored(order.id);
    expect(desk.vendor.posts).toHaveLength(status === 'delivered' ? 1 : 0);
    await expect.poll(async () => (await desk.day(order)).held).toEqual({});
  });

  it('waits on while purchases are stopped', async () => {
    const { desk, order } = await asked();
    await desk.stopPurchases(olga);
    const press = desk.approve(order.id, ben);
    expect(await problemOf(press)).toMatchObject({ code: 'purchases_stopped' });
    expect((await desk.stored(order.id)).status).toBe('awaiting_approval');
  });

  it('ends, and says why, when its requester has left before it is approved', async () => {
    const { desk, order } = await asked();
    desk.guild.left.add('cleo');
    await desk.approve(order.id, ben);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({
      status: 'rejected',
      by: 'cardigan',
      why: 'requester_left',
    });
    await expect.poll(() => cardOf(desk)).toEqual([['awaiting_approval', 'rejected']]);
    expect(desk.vendor.posts).toEqual([]);
  });

  it('is not approved as long as Discord does not tell whether its requester is still there', async () => {
    const { desk, order } = await asked();
    desk.guild.isKnown = false;
    expect(await problemOf(desk.approve(order.id, ben))).toEqual({
      code: 'membership_unknown',
      reference: order.reference,
    });
    expect((await desk.stored(order.id)).status).toBe('awaiting_approval');
  });

  it('ends as repriced when the price rose meanwhile, and the new offer needs an approval of its own', async () => {
    const { desk, order } = await asked();
    desk.vendor.prices[ITEM] = '6';
    await desk.approve(order.id, ben);
    await ended(desk, order, 'repriced');
    await expect.poll(() => desk.post.sequels.at(-1)).toHaveProperty('offer');
    const sequel = desk.post.sequels.at(-1);
    const offer = sequel && 'offer' in sequel ? sequel.offer : undefined;
    expect(offer).toMatchObject({ status: 'quoted', requester: 'cleo', channel: 'channel' });
    expect(await problemOf(desk.confirm(offer?.id ?? '', cleo))).toMatchObject({
      code: 'needs_approval',
    });
    expect(desk.vendor.posts).toEqual([]);
  });

  it('ends after 72 hours: its requester is told, its card says so, and nobody decides any more', async () => {
    const { desk, order } = await asked();
    await pass(desk, APPROVAL_LASTS_MS - 1000, [desk], 60 * 60_000);
    expect((await desk.stored(order.id)).status).toBe('awaiting_approval');
    desk.clock.advance(1000);
    const late = { code: 'approval_over', reference: order.reference, how: 'expired' };
    expect(await problemOf(desk.approve(order.id, ben))).toEqual(late);
    await pass(desk, 120_000);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({
      status: 'expired',
      by: 'cardigan',
      why: 'too_late',
    });
    await expect.poll(() => desk.post.told.at(-1)?.status).toBe('expired');
    expect(cardOf(desk)).toEqual([['awaiting_approval', 'expired']]);
    expect(await problemOf(desk.approve(order.id, ben))).toEqual(late);
  });

  it('ends at the next start, when its time was over while nothing ran', async () => {
    const { desk, order } = await asked();
    desk.clock.advance(APPROVAL_LASTS_MS);
    const started = desk.newProcess();
    await started.recover();
    await ended(desk, order, 'expired');
    await expect.poll(() => desk.post.told.at(-1)?.status).toBe('expired');
  });
});

describe('a decision', () => {
  it('is shown on the same card when it is taken before a crashed process could record where that is', async () => {
    const { desk, order } = await quoted();
    desk.board.after = () => new Promise(() => {});
    const asking = ask({ ...desk, ...desk.newProcess() }, order);
    await until(() => desk.board.notices.length > 0);
    desk.board.after = async () => undefined;
    desk.clock.advance(60 * 60_000);
    await asking;
    await desk.newProcess().reject(order.id, ben, 'no');
    await pass(desk, 30_000);
    expect(cardOf(desk)).toEqual([['awaiting_approval', 'rejected']]);
  });
});

const underWay = ['approved', 'buying', 'bought'];
/** A later start, and what a running process does in two minutes. */
async function goOn(desk: Desk, { id }: Order): Promise<Order> {
  const started = desk.newProcess();
  await started.recover();
  await pass(desk, 120_000, [started]);
  await until(async () => !underWay.includes((await desk.stored(id)).status));
  await pass(desk, 30_000, [started]);
  return desk.stored(id);
}

async function die(desk: Desk, death: Death, press: (process: Desk) => Promise<unknown>) {
  const mortal = createMortal(death);
  const process = Object.assign({ ...desk }, desk.newProcess(mortal.wrap));
  const pressing = press(process).then(() => process.stop(1));
  return Promise.race([pressing.then(() => 'finished' as const), mortal.died]);
}

describe.each(['before', 'after'] as const)('the process dies %s any call', (when) => {
  it('while an approval is asked for: there is one card, or the offer is as it was', async () => {
    for (let call = 1; ; call++) {
      const { desk, order } = await quoted();
      const end = await die(desk, { call, when }, (process) => ask(process, order));
      const after = await goOn(desk, order);
      const isAsked = after.status === 'awaiting_approval';
      expect(cardOf(desk)).toEqual(isAsked ? [['awaiting_approval']] : []);
      if (!isAsked) expect(after.status).toBe('quoted');
      if (end === 'finished') break;
    }
  });

  it('while it is approved: at most one purchase, and the card is right in the end', async () => {
    for (let call = 1; ; call++) {
      const { desk, order } = await asked();
      const end = await die(desk, { call, when }, (process) => process.approve(order.id, ben));
      const after = await goOn(desk, order);
      expect(['awaiting_approval', 'delivered', 'unconfirmed']).toContain(after.status);
      expect(desk.vendor.posts.length).toBeLessThanOrEqual(1);
      if (after.status === 'awaiting_approval') expect(desk.vendor.posts).toEqual([]);
      else expect(cardOf(desk)[0]?.at(-1)).not.toBe('awaiting_approval');
      expect(desk.board.notices).toHaveLength(1);
      if (end === 'finished') break;
    }
  });

  it('while it is rejected: nothing is bought, and who asked and the card say so in the end', async () => {
    for (let call = 1; ; call++) {
      const { desk, order } = await asked();
      desk.clock.advance(20 * 60_000);
      const end = await die(desk, { call, when }, (process) => process.reject(order.id, ben, 'no'));
      const { status } = await goOn(desk, order);
      expect(['awaiting_approval', 'rejected']).toContain(status);
      expect(cardOf(desk)[0]?.at(-1)).toBe(status);
      if (status === 'rejected') expect(desk.post.told.map((each) => each.status)).toContain(status);
      expect(desk.vendor.posts).toEqual([]);
      if (end === 'finished') break;
    }
  });
});

describe("the operator's day", () => {
  const caps = { order: '20', day: '12' };
  const asked = async (desk: Desk) => ask(desk, await quote(desk, { member: cleo, quantity: 2 }));

  it('counts no order that waits, and has to have room for it when it is approved', async () => {
    const desk = await openDesk({ caps });
    const [one, two] = [await asked(desk), await asked(desk)];
    expect(await desk.day(one)).toEqual({ settled: '0', held: {} });
    await desk.approve(one.id, ben);
    await ended(desk, one, 'delivered');
    expect(await problemOf(desk.approve(two.id, ben))).toMatchObject({
      code: 'approval_over_day_cap',
      left: { amount: '2.2' },
    });
    const waiting = await desk.stored(two.id);
    expect(waiting).toMatchObject({ status: 'awaiting_approval', approval: { votes: [] } });
    expect(await desk.day(two)).toEqual({ settled: '9.8', held: {} });
    desk.clock.advance(24 * 3600_000);
    await desk.approve(two.id, ben);
    await ended(desk, two, 'delivered');
  });

  it('asks for no room before the last approval', async () => {
    const desk = await openDesk({ caps });
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, tiers: [{ over: '1', approvals: 2 }] }));
    const order = await asked(desk);
    const lowered = desk.newProcess((outside) => ({ ...outside, caps: { order: '20', day: '5' } }));
    expect((await lowered.approve(order.id, ben)).approval?.votes).toHaveLength(1);
    expect(await problemOf(lowered.approve(order.id, anna))).toMatchObject({ code: 'approval_over_day_cap' });
    const strict = desk.newProcess((outside) => ({ ...outside, caps: { order: '5', day: '12' } }));
    expect(await problemOf(strict.approve(order.id, anna))).toMatchObject({ code: 'approval_over_order_cap' });
  });

  it('has to have room also where two give the last approvals at the same moment', async () => {
    const desk = await openDesk({ caps });
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, tiers: [{ over: '1', approvals: 2 }] }));
    const order = await asked(desk);
    const full = desk.newProcess((outside) => ({ ...outside, caps: { order: '20', day: '5' } }));
    const both = await Promise.allSettled([full.approve(order.id, ben), full.approve(order.id, anna)]);
    const refused = both.flatMap((each) => (each.status === 'rejected' ? each.reason.code : []));
    expect(refused).toEqual(['approval_over_day_cap']);
    const { status, approval } = await desk.stored(order.id);
    expect([status, approval?.votes.length]).toEqual(['awaiting_approval', 1]);
  });

  it('is freed at a start of what a process died over between the two writes of an approval', async () => {
    const desk = await openDesk({ caps });
    const order = await asked(desk);
    const day = { key: dayKey(dayOf(desk.clock.now())), cap: caps.day };
    await desk.ledger.reserve(day, order.id, '9.8', async () => true);
    await desk.recover();
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  });
});
