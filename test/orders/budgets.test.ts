import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import type { Orders } from '../../src/orders/index.ts';
import type { Order } from '../../src/orders/model/order.ts';
import type { BudgetLimit, Policy } from '../../src/policy/policy.ts';
import {
  APPROVAL_LASTS_MS,
  anna,
  ask,
  ben,
  cleo,
  confirm,
  type Desk,
  olga,
  openDesk,
  problemOf,
  QUOTE_LASTS_MS,
  quote,
} from './desk.ts';
import { lose, pass } from './losing.ts';
import { createMortal } from './mortal.ts';
import { orderAnswer, vendorError } from './vendor.ts';

const MONTH = 'guild/guild/month/2026-03';
const monthly = (limit: string): BudgetLimit => ({
  scope: { kind: 'guild' },
  period: 'month',
  limit,
});
const set = ({ policies }: Desk, policy: Partial<Policy>) =>
  policies.change('guild', 'olga', (before) => ({ ...before, ...policy }));
/** A guild that may spend 20 a month; one card is charged 4.90. */
async function limited(limit = '20') {
  const desk = await openDesk();
  await set(desk, { budgets: [monthly(limit)] });
  return desk;
}
const sums = ({ ledger }: Desk, key = MONTH) => ledger.sums(key);
const held = (amount: string) => ({ settled: '0', held: amount });
const settled = (amount: string) => ({ settled: amount, held: '0' });
async function asked(desk: Desk): Promise<Order> {
  return ask(desk, await quote(desk, { member: cleo }));
}

describe('a budget', () => {
  it('counts nothing of an offer, and all of it once it is asked for', async () => {
    const desk = await limited();
    const order = await quote(desk, { member: cleo });
    expect(await sums(desk)).toEqual(held('0'));
    const waiting = await ask(desk, order);
    expect(await sums(desk)).toEqual(held('4.9'));
    expect(waiting.approval?.budgets).toEqual([{ ...monthly('20'), before: '20', after: '15.1' }]);
    expect(waiting.reserved?.budgets).toEqual([MONTH]);
  });

  it.each<[string, (desk: Desk, order: Order) => Promise<unknown>]>([
    ['is rejected', (desk, { id }) => desk.reject(id, ben, 'no')],
    ['is cancelled', (desk, { id }) => desk.cancel(id, cleo)],
    [
      'gets no decision in time',
      (desk) => {
        desk.clock.advance(APPROVAL_LASTS_MS);
        return desk.tick();
      },
    ],
    [
      'is void, because who asked has left',
      (desk, { id }) => {
        desk.guild.left.add('cleo');
        return desk.approve(id, ben);
      },
    ],
    [
      'is approved and found out of stock',
      (desk, { id }) => {
        desk.vendor.inStock = false;
        return desk.approve(id, ben);
      },
    ],
    [
      'is approved and refused by CardPlusPay',
      (desk, { id }) => {
        desk.vendor.answer = () => Promise.reject(vendorError('insufficient_balance', 'refused'));
        return desk.approve(id, ben);
      },
    ],
    [
      'is approved and became dearer',
      (desk, { id }) => {
        desk.vendor.prices = { 'ACME-5': '6' };
        return desk.approve(id, ben);
      },
    ],
  ])('has back what an order set aside that %s', async (_, end) => {
    const desk = await limited();
    const order = await asked(desk);
    await end(desk, order);
    await expect.poll(() => sums(desk)).toEqual(held('0'));
    expect(desk.vendor.committed).toEqual([]);
  });

  it('counts what was charged once it is bought', async () => {
    const desk = await limited();
    const order = await asked(desk);
    await desk.approve(order.id, ben);
    await expect.poll(() => sums(desk)).toEqual(settled('4.9'));
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
  });

  it('counts what was charged also when that is more than was set aside, and has nothing left then', async () => {
    const desk = await limited('5');
    desk.vendor.answer = async (request) => orderAnswer(desk.vendor.commit(request, { amount: '7.5' }));
    await confirm(desk, await quote(desk));
    expect(await sums(desk)).toEqual(settled('7.5'));
    expect(await desk.ledger.left({ key: MONTH, cap: '5' })).toBe('0');
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'policy_refuses' });
  });

  it('keeps set aside what may have been charged, until that is known', async () => {
    const desk = await limited();
    await lose(desk);
    expect(await sums(desk)).toEqual(held('4.9'));
    await pass(desk, 93_000);
    await expect.poll(() => sums(desk)).toEqual(settled('4.9'));
  });

  it('changes nothing when the same is pressed twice, or decided twice', async () => {
    const desk = await limited();
    const order = await quote(desk, { member: cleo });
    await Promise.all([1, 2, 3].map(() => problemOf(ask(desk, order))));
    expect(await sums(desk)).toEqual(held('4.9'));
    const ends = [desk.reject(order.id, ben, 'no'), desk.reject(order.id, olga, 'no')];
    await Promise.all([...ends, desk.cancel(order.id, cleo)].map(problemOf));
    expect(await sums(desk)).toEqual(held('0'));
    await Promise.all([desk.tick(), desk.recover()]);
    expect(await sums(desk)).toEqual(held('0'));
  });

  it('is in the way of an offer already, and says what is left', async () => {
    const desk = await limited('10');
    await asked(desk);
    await set(desk, { budgets: [monthly('9')] });
    expect(await problemOf(quote(desk, { member: cleo }))).toEqual({
      code: 'policy_refuses',
      currency: 'USD',
      refusals: [{ rule: 'over_budget', ...monthly('9'), left: '4.1' }],
    });
  });

  it('of nothing stops everybody, approvers too', async () => {
    const desk = await limited('0');
    for (const member of [cleo, anna]) {
      expect(await problemOf(quote(desk, { member }))).toMatchObject({ code: 'policy_refuses' });
    }
  });

  it('that was lowered since is in the way of the approval, and what was set aside is free again', async () => {
    const desk = await limited();
    const order = await asked(desk);
    await set(desk, { budgets: [monthly('4')] });
    const ended = await desk.approve(order.id, ben);
    expect(ended.history.at(-1)).toMatchObject({ why: 'policy_refuses', detail: 'over_budget' });
    expect(await sums(desk)).toEqual(held('0'));
  });

  it('that was set since counts what is approved after that', async () => {
    const desk = await openDesk();
    const order = await asked(desk);
    await set(desk, { budgets: [monthly('20')] });
    await desk.approve(order.id, ben);
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
    // Which budgets it counts in was known when it was asked for: a round settles the new one.
    await desk.tick();
    expect(await sums(desk)).toEqual(settled('4.9'));
  });

  it('counts an order in the period in which it was asked for', async () => {
    const desk = await openDesk();
    await set(desk, { budgets: [{ ...monthly('20'), period: 'day' }], approvalHours: 72 });
    const order = await asked(desk);
    desk.clock.advance(36 * 60 * 60_000);
    await desk.approve(order.id, ben);
    const key = (day: string) => `guild/guild/day/${day}`;
    await expect.poll(() => sums(desk, key('2026-03-07'))).toEqual(settled('4.9'));
    expect(await sums(desk, key('2026-03-09'))).toEqual(held('0'));
  });
});

describe('requests of one member', () => {
  const dora: Member = { user: 'dora', guild: 'guild', isManager: false };
  const request = async (desk: Desk, member = cleo, quantity = 1) =>
    problemOf(ask(desk, await quote(desk, { member, quantity }), member));
  const overPart = (left: string) => ({
    code: 'policy_refuses',
    currency: 'USD',
    refusals: [{ rule: 'over_part', ...monthly('20'), most: '10', left }],
  });

  it('set aside half of the budget of all at the most, and are told how much of that is free', async () => {
    const desk = await limited('20');
    expect(await request(desk, cleo, 3)).toEqual(overPart('10'));
    for (const _ of [1, 2]) expect(await request(desk)).toBe('no problem');
    expect(await request(desk)).toEqual(overPart('0.2'));
    expect(await sums(desk)).toEqual(held('9.8'));
    for (const _ of [1, 2]) expect(await request(desk, dora)).toBe('no problem');
    expect(await sums(desk)).toEqual(held('19.6'));
  });

  it('do so also when they are made at the same moment, by two processes', async () => {
    const desk = await limited('20');
    const offers = [await quote(desk, { member: cleo }), await quote(desk, { member: cleo, quantity: 2 })];
    const others = [desk.newProcess(), desk.newProcess()];
    const ends = await Promise.all(offers.map(({ id }, at) => problemOf(others[at]?.ask(id, cleo) ?? expect.fail())));
    expect(ends.filter((end) => end === 'no problem')).toHaveLength(1);
  });

  it('make room once they are decided about, whichever way', async () => {
    const desk = await limited('20');
    const orders = [await asked(desk), await asked(desk)];
    expect(await request(desk)).toEqual(overPart('0.2'));
    const [first, second] = orders as [Order, Order];
    await desk.reject(first.id, ben, 'no');
    expect(await request(desk)).toBe('no problem');
    await desk.approve(second.id, ben);
    await expect.poll(async () => (await desk.stored(second.id)).status).toBe('delivered');
    expect(await request(desk)).toBe('no problem');
  });

  it('may take all of a budget that is theirs alone', async () => {
    const desk = await openDesk();
    await set(desk, { budgets: [{ scope: { kind: 'everyone' }, period: 'month', limit: '10' }] });
    expect(await request(desk, cleo, 2)).toBe('no problem');
  });

  it('are no more once an approved one waits to be bought: a round sees to that', async () => {
    const desk = await limited('20');
    const order = await asked(desk);
    const { version: seen, ...rest } = await desk.stored(order.id);
    const approved = { ...rest, status: 'needs_review' as const };
    await desk.orderRecords.write(order.id, approved, { seen, tags: ['open'], holds: [] });
    await desk.tick();
    expect(await desk.ledger.requested(MONTH, 'cleo', '')).toBe('0');
    expect(await sums(desk)).toEqual(held('4.9'));
  });
});

describe('what is free of approval', () => {
  const FREE = 'guild/free/cleo/2026-03-07';
  const free = { perOrder: '5', perDay: '10' };

  it('is counted for a member and a day, so that splitting an order gives no more', async () => {
    const desk = await openDesk();
    await set(desk, { free });
    for (const _ of [1, 2]) await confirm(desk, await quote(desk, { member: cleo }), cleo);
    expect(await sums(desk, FREE)).toEqual(settled('9.8'));
    const third = await quote(desk, { member: cleo });
    expect(await problemOf(confirm(desk, third, cleo))).toMatchObject({ code: 'needs_approval' });
    const { approval } = await ask(desk, third);
    expect(approval?.because).toEqual([{ rule: 'over_free_day', limit: '10', used: '9.8' }]);
  });

  it('is not taken by what others approve, nor by what became free after it was asked for', async () => {
    const desk = await openDesk();
    const order = await asked(desk);
    await set(desk, { free });
    await desk.approve(order.id, ben);
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
    expect(await sums(desk, FREE)).toEqual(held('0'));
  });

  it('does not keep an approved order from being bought, once it is used up', async () => {
    const desk = await openDesk();
    const order = await asked(desk);
    await set(desk, { free: { perOrder: '5', perDay: '5' } });
    await confirm(desk, await quote(desk, { member: cleo }), cleo);
    expect(await sums(desk, FREE)).toEqual(settled('4.9'));
    await desk.approve(order.id, ben);
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
  });

  it('counts nothing of what approvers confirm themselves', async () => {
    const desk = await openDesk();
    await set(desk, { free });
    await confirm(desk, await quote(desk));
    expect(await sums(desk, 'guild/free/anna/2026-03-07')).toEqual(held('0'));
  });
});

const crowd = (guild: Desk['guild'], isManager: boolean): Member[] => {
  const members = Array.from({ length: 20 }, (_, at) => ({
    user: `member-${at}`,
    guild: 'guild',
    isManager,
  }));
  for (const each of members) guild.members.set(each.user, each);
  return members;
};

describe('twenty orders at the same moment', () => {
  it('get the approvals asked for that fit, and when one of them is rejected, another fits', async () => {
    const desk = await limited('49');
    const members = crowd(desk.guild, false);
    const offers = await Promise.all(members.map((member) => quote(desk, { member })));
    const press = (order: Order) => {
      const member = members.find(({ user }) => user === order.requester);
      return problemOf(ask(desk, order, member));
    };
    const ends = await Promise.all(offers.map(press));
    expect(ends.filter((each) => each === 'no problem')).toHaveLength(10);
    expect(await sums(desk)).toEqual(held('49'));
    const [one] = offers.filter((_, at) => ends[at] === 'no problem') as [Order];
    const [left, other] = offers.filter((_, at) => ends[at] !== 'no problem') as [Order, Order];
    expect(await press(left)).toMatchObject({ code: 'policy_refuses' });
    await desk.reject(one.id, ben, 'no');
    expect(await press(left)).toBe('no problem');
    expect(await press(other)).toMatchObject({ code: 'policy_refuses' });
    expect(await sums(desk)).toEqual(held('49'));
  });

  it('of people who confirm alone are bought as far as they fit', async () => {
    const desk = await limited('24.5');
    const members = crowd(desk.guild, true);
    // One after the other on their lane: time has to go on for those that wait.
    desk.clock.flows = true;
    const offers = await Promise.all(members.map((member) => quote(desk, { member })));
    const ends = await Promise.all(offers.map((order, at) => problemOf(confirm(desk, order, members[at]))));
    expect(ends.filter((each) => each === 'no problem')).toHaveLength(5);
    expect(desk.vendor.committed).toHaveLength(5);
    await desk.tick();
    expect(await sums(desk)).toEqual(settled('24.5'));
  });
});

/** A later start, and what it does in the time that an offer lasts. */
async function goOn(desk: Desk): Promise<Orders> {
  const started = desk.newProcess();
  await started.recover();
  // What it has taken up is done before time goes on.
  await started.settled();
  await pass(desk, QUOTE_LASTS_MS + 60_000, [started], 5 * 60_000);
  await started.settled();
  return started;
}

describe.each(['before', 'after'] as const)('when the process dies %s any call', (when) => {
  const until = async (
    prepare: (desk: Desk) => Promise<Order>,
    press: (process: Desk, order: Order) => Promise<unknown>,
    look: (desk: Desk, order: Pick<Order, 'status' | 'remote'>) => Promise<void>,
  ) => {
    for (let call = 1; ; call++) {
      const desk = await limited();
      const order = await prepare(desk);
      const mortal = createMortal({ call, when });
      const process = Object.assign({ ...desk }, desk.newProcess(mortal.wrap));
      const pressing = press(process, order).then(() => process.stop(1));
      const end = await Promise.race([pressing.then(() => 'finished'), mortal.died]);
      await goOn(desk);
      // Nothing is left of an offer that nobody took.
      await look(desk, (await desk.orderRecords.get(order.id)) ?? { status: 'expired' });
      if (end === 'finished') break;
    }
  };
  const isRight = async (desk: Desk, { status, remote }: Pick<Order, 'status' | 'remote'>) => {
    const mayBe = ['awaiting_approval', 'unconfirmed', 'not_found', 'needs_review'];
    const expected = remote ? settled('4.9') : held(mayBe.includes(status) ? '4.9' : '0');
    expect(await sums(desk)).toEqual(expected);
  };

  it('while it is asked for, it is set aside if it waits, and else free once the offer has ended', () =>
    until(
      (desk) => quote(desk, { member: cleo }),
      (process, order) => ask(process, order),
      isRight,
    ));

  it('while it is confirmed, what was charged is counted once', () =>
    until(quote, (process, order) => confirm(process, order), isRight));

  it('while it is rejected, it is free or still waits', () =>
    until(asked, (process, order) => process.reject(order.id, ben, 'no'), isRight));

  it('while it is approved, what was charged is counted once', () =>
    until(asked, (process, order) => process.approve(order.id, ben), isRight));
});
