import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { bind } from '../../src/lib/bind.ts';
import type { Member } from '../../src/lib/member.ts';
import type { MessageResult } from '../../src/outbox/delivery-result.ts';
import { appointDelegate, delegationsOf, endDelegation } from '../../src/policy/appoint-delegate.ts';
import { delegationKey, delegationSchema, type NamedDelegate } from '../../src/policy/delegates.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { anna, ask, ben, cleo, type Desk, lastOf, openDesk, problemOf, quote } from '../orders/desk.ts';
import { policyContext } from './approvals.ts';

const DAY_MS = 24 * 60 * 60_000;
const dora: Member = { user: 'dora', guild: 'guild', isManager: false, roles: [] };
const emil: Member = { ...dora, user: 'emil' };
/** The desk's clock stands at noon of a Saturday, UTC. */
const endOfMonday = Date.UTC(2026, 2, 10) - 1;

async function office(told: MessageResult = 'sent') {
  const desk = await openDesk();
  for (const each of [dora, emil]) desk.guild.members.set(each.user, each);
  const words: unknown[] = [];
  const members = {
    find: async (guild: string, user: string) => {
      if (!desk.guild.isKnown) return 'unknown' as const;
      if (guild !== 'guild' || desk.guild.left.has(user)) return 'none' as const;
      return desk.guild.members.get(user) ?? ('none' as const);
    },
  };
  const delegateWord = {
    async tell(named: NamedDelegate) {
      words.push(named);
      return told;
    },
  };
  const ctx = policyContext({ ...desk.outside, members, delegateWord });
  const delegating = bind(ctx, { name: appointDelegate, end: endDelegation, of: delegationsOf });
  const name = (by: Member, delegate: string, until = 'Monday') =>
    delegating.name(by, { delegate, until, says: en.rewardTimes.says });
  return { desk, delegating, name, words };
}
type Office = Awaited<ReturnType<typeof office>>;

async function waiting(desk: Desk, member = cleo) {
  const order = await quote(desk, { member });
  return ask(desk, order, member);
}
const setPolicy = ({ policies }: Desk, change: Partial<Policy>) =>
  policies.change('guild', 'anna', (policy) => ({ ...policy, ...change }));
const recordOf = ({ desk }: Office, approver: string) =>
  desk.store.records('delegations', delegationSchema).get(delegationKey({ guild: 'guild', approver }));
const twoWanted = { tiers: [{ over: '1', approvals: 2 }] };

describe('an approver names a delegate', () => {
  it('until the end of a day in the server’s time zone, and the delegate is told', async () => {
    const { desk, name, words } = await office();
    await setPolicy(desk, { timeZone: 'Europe/Berlin' });
    const until = endOfMonday - 60 * 60_000;
    const named = { guild: 'guild', approver: 'anna', delegate: 'dora', until };
    expect(await name(anna, 'dora')).toEqual({ named, before: undefined, told: 'sent' });
    expect(words).toEqual([named]);
  });

  it('although they take no direct messages, which is said', async () => {
    const { name, delegating } = await office('closed');
    expect(await name(anna, 'dora')).toMatchObject({ told: 'closed' });
    expect((await delegating.of(dora)).delegators).toMatchObject([{ approver: 'anna' }]);
  });

  it('and sees it, as the delegate does, for as long as it lasts', async () => {
    const { desk, name, delegating } = await office();
    await name(anna, 'dora');
    const lasts = { approver: 'anna', delegate: 'dora', until: endOfMonday };
    expect(await delegating.of(anna)).toMatchObject({ named: lasts, delegators: [] });
    expect(await delegating.of(dora)).toMatchObject({ delegators: [lasts] });
    desk.clock.advance(endOfMonday - desk.clock.now());
    expect(await delegating.of(anna)).toEqual({ named: undefined, delegators: [] });
    expect(await delegating.of(dora)).toEqual({ named: undefined, delegators: [] });
  });

  it('and another one in their place, which is said and recorded in the same write', async () => {
    const here = await office();
    const { name, delegating } = here;
    await name(anna, 'dora');
    expect((await name(anna, 'emil', 'today')).before).toMatchObject({ delegate: 'dora' });
    expect((await delegating.of(dora)).delegators).toEqual([]);
    expect((await delegating.of(emil)).delegators).toHaveLength(1);
    expect(await recordOf(here, 'anna')).toMatchObject({
      version: 2,
      changes: [
        { what: 'named', by: 'anna', delegate: 'dora', until: endOfMonday },
        { what: 'ended', by: 'anna', delegate: 'dora' },
        { what: 'named', by: 'anna', delegate: 'emil' },
      ],
      audited: 0,
    });
  });

  it('or the same one for longer', async () => {
    const here = await office();
    await here.name(anna, 'dora');
    expect((await here.name(anna, 'dora', '1 week')).before).toMatchObject({ until: endOfMonday });
    expect((await recordOf(here, 'anna'))?.changes.map(({ what }) => what)).toEqual(['named', 'named']);
  });

  it('and ends it, once', async () => {
    const here = await office();
    const { desk, name, delegating } = here;
    await name(anna, 'dora');
    expect(await delegating.end(anna)).toMatchObject({ delegate: 'dora' });
    expect(await problemOf(delegating.end(anna))).toEqual({ code: 'no_delegate' });
    expect(await desk.delegates.delegatorsOf('guild', 'dora')).toEqual([]);
    const changes = (await recordOf(here, 'anna'))?.changes;
    expect(changes?.at(-1)).toMatchObject({ what: 'ended', until: desk.clock.now() });
    expect(changes).toHaveLength(2);
  });

  it('twice at the same moment: both are on record, and one lasts', async () => {
    const here = await office();
    await Promise.all([here.name(anna, 'dora'), here.name(anna, 'emil')]);
    const record = await recordOf(here, 'anna');
    expect(record?.changes.map(({ what }) => what)).toEqual(['named', 'ended', 'named']);
    const [toDora, toEmil] = await Promise.all(
      ['dora', 'emil'].map((user) => here.desk.delegates.delegatorsOf('guild', user)),
    );
    expect([...(toDora ?? []), ...(toEmil ?? [])]).toEqual(['anna']);
  });
});

describe('nobody is named', () => {
  const nothing = async ({ desk }: Office) => expect(await desk.delegates.to('guild', 'dora')).toEqual([]);

  it('by whoever is no approver, a delegate included: nobody passes it on', async () => {
    const here = await office();
    expect(await problemOf(here.name(cleo, 'dora'))).toEqual({ code: 'approvers_only' });
    await here.name(anna, 'emil');
    expect(await problemOf(here.name(emil, 'dora'))).toEqual({ code: 'approvers_only' });
    await nothing(here);
  });

  it.each([
    ['themselves', anna.user, 'delegate_self'],
    ['a bot', 'robot', 'delegate_bot'],
    ['who is no member', 'stranger', 'delegate_not_here'],
    ['another approver', 'ben', 'delegate_approves'],
  ])('%s', async (_, delegate, code) => {
    const { desk, name, words } = await office();
    desk.guild.members.set('robot', { ...dora, user: 'robot', isBot: true });
    expect(await problemOf(name(anna, delegate))).toEqual({ code });
    expect(words).toEqual([]);
  });

  it('while Discord does not tell who is a member', async () => {
    const here = await office();
    here.desk.guild.isKnown = false;
    expect(await problemOf(here.name(anna, 'dora'))).toEqual({ code: 'delegate_unclear' });
    await nothing(here);
  });

  it('until a day that is none, is over or is too far away', async () => {
    const here = await office();
    for (const text of ['later', '2026-03-06', '61 days']) {
      expect(await problemOf(here.name(anna, 'dora', text))).toEqual({ code: 'bad_until', text });
    }
    await nothing(here);
  });

  it('until a time that clocks skip or show twice there, and it is said which', async () => {
    const here = await office();
    await setPolicy(here.desk, { timeZone: 'Europe/Berlin' });
    expect(await problemOf(here.name(anna, 'dora', '2026-03-29 02:30'))).toMatchObject({ code: 'time_skipped' });
    await nothing(here);
  });
});

describe('a delegate', () => {
  it('approves in the name of whoever named them, and the order says so', async () => {
    const { desk, name } = await office();
    const order = await waiting(desk);
    expect(await problemOf(desk.approve(order.id, dora))).toEqual({ code: 'approvers_only' });
    await name(anna, 'dora');
    const approved = await desk.approve(order.id, dora);
    expect(lastOf(approved)).toMatchObject({ why: 'approved', by: 'dora', for: 'anna' });
    expect(approved.approval?.votes).toMatchObject([{ by: 'dora', voice: 'anna' }]);
  });

  it('rejects in their name, too', async () => {
    const { desk, name } = await office();
    const order = await waiting(desk);
    await name(anna, 'dora');
    const rejected = await desk.reject(order.id, dora, 'no');
    expect(lastOf(rejected)).toMatchObject({ why: 'rejected', by: 'dora', for: 'anna' });
  });

  it('and whoever named them count once together, whichever of them comes first', async () => {
    for (const [first, second] of [
      [dora, anna],
      [anna, dora],
    ] as const) {
      const { desk, name } = await office();
      await setPolicy(desk, twoWanted);
      await name(anna, 'dora');
      const order = await waiting(desk);
      expect((await desk.approve(order.id, first)).status).toBe('awaiting_approval');
      const again = problemOf(desk.approve(order.id, second));
      expect(await again).toMatchObject({ code: 'approved_by_you' });
      expect((await desk.approve(order.id, ben)).status).toBe('approved');
    }
  });

  it('and whoever named them count once, also when both press at the same moment', async () => {
    const { desk, name } = await office();
    await setPolicy(desk, twoWanted);
    await name(anna, 'dora');
    const order = await waiting(desk);
    const presses = [dora, anna].map((each) => problemOf(desk.approve(order.id, each)));
    expect((await Promise.all(presses)).filter((each) => each === 'no problem')).toHaveLength(1);
    expect((await desk.stored(order.id)).approval?.votes).toHaveLength(1);
  });

  it('named by two has one vote', async () => {
    const { desk, name } = await office();
    await setPolicy(desk, twoWanted);
    await name(anna, 'dora');
    await name(ben, 'dora');
    const order = await waiting(desk);
    const once = await desk.approve(order.id, dora);
    expect(once).toMatchObject({ status: 'awaiting_approval', approval: { votes: [{}] } });
    const again = problemOf(desk.approve(order.id, dora));
    expect(await again).toMatchObject({ code: 'approved_by_you' });
  });

  it('does not decide about an order of their own', async () => {
    const { desk, name } = await office();
    await name(anna, 'dora');
    const order = await waiting(desk, dora);
    const own = { code: 'own_approval', reference: order.reference };
    expect(await problemOf(desk.approve(order.id, dora))).toEqual(own);
    expect(await problemOf(desk.reject(order.id, dora, 'no'))).toEqual(own);
  });

  it('does not decide about an order of which they get cards', async () => {
    const { desk, name } = await office();
    await name(anna, 'dora');
    const order = await waiting(desk);
    const { version: seen, ...rest } = await desk.stored(order.id);
    const next = { ...rest, recipients: [{ user: 'dora', quantity: 1 }] };
    await desk.orderRecords.write(order.id, next, { seen, tags: [], holds: [] });
    expect(await problemOf(desk.approve(order.id, dora))).toMatchObject({ code: 'own_approval' });
  });

  it('does not decide about an order of whoever named them, although somebody else did as well', async () => {
    const { desk, name } = await office();
    await setPolicy(desk, { ownPurchases: 'another' });
    await name(anna, 'dora');
    const order = await waiting(desk, anna);
    const tied = { code: 'delegates_approval', reference: order.reference };
    expect(await problemOf(desk.approve(order.id, dora))).toEqual(tied);
    await name(ben, 'dora');
    expect(await problemOf(desk.approve(order.id, dora))).toEqual(tied);
    expect(await problemOf(desk.reject(order.id, dora, 'no'))).toEqual(tied);
    expect(lastOf(await desk.approve(order.id, ben))).toMatchObject({ by: 'ben' });
  });

  it('has no order of theirs decided by whoever named them, nor a card for them, for as long as that lasts', async () => {
    const { desk, name, delegating } = await office();
    await name(anna, 'dora');
    const order = await waiting(desk, dora);
    const sent = await desk.quote({
      ...{ member: cleo, channel: 'channel', locale: 'en', itemCode: order.quote.itemCode, quantity: 1 },
      gift: { to: 'dora', receipt: 'private' },
    });
    await ask(desk, sent, cleo);
    for (const { id, reference } of [order, sent]) {
      const tied = { code: 'delegates_approval', reference };
      expect(await problemOf(desk.approve(id, anna))).toEqual(tied);
      expect(await problemOf(desk.reject(id, anna, 'no'))).toEqual(tied);
    }
    expect((await desk.awaiting(anna, { number: 0, size: 5 })).total).toBe(0);
    await delegating.end(anna);
    expect(lastOf(await desk.approve(order.id, anna))).toMatchObject({ by: 'anna' });
  });

  it('decides no more once it was ended, or its time is over', async () => {
    const { desk, name, delegating } = await office();
    const order = await waiting(desk);
    await name(anna, 'dora', 'today');
    await delegating.end(anna);
    expect(await problemOf(desk.approve(order.id, dora))).toEqual({ code: 'approvers_only' });
    await name(anna, 'dora', 'today');
    desk.clock.advance(DAY_MS / 2 - 2);
    expect(await desk.delegates.delegatorsOf('guild', 'dora')).toEqual(['anna']);
    desk.clock.advance(1);
    expect(await problemOf(desk.approve(order.id, dora))).toEqual({ code: 'approvers_only' });
  });

  it('decides no more when whoever named them is an approver no more, or Discord does not tell', async () => {
    const { desk, name } = await office();
    const order = await waiting(desk);
    await name(anna, 'dora');
    desk.guild.members.set('anna', { ...anna, isManager: false });
    expect(await problemOf(desk.approve(order.id, dora))).toEqual({ code: 'approvers_only' });
    desk.guild.members.set('anna', anna);
    desk.guild.isKnown = false;
    expect(await problemOf(desk.approve(order.id, dora))).toEqual({ code: 'approvers_only' });
    desk.guild.isKnown = true;
    desk.guild.left.add('anna');
    expect(await problemOf(desk.approve(order.id, dora))).toEqual({ code: 'approvers_only' });
    expect((await desk.stored(order.id)).status).toBe('awaiting_approval');
  });

  it('has their approval lapse when whoever named them loses the right before the others have decided', async () => {
    const { desk, name } = await office();
    await setPolicy(desk, twoWanted);
    await name(anna, 'dora');
    const order = await waiting(desk);
    await desk.approve(order.id, dora);
    desk.guild.members.set('anna', { ...anna, isManager: false });
    expect((await desk.approve(order.id, ben)).status).toBe('awaiting_approval');
  });

  it('decides in that server only', async () => {
    const { desk, name } = await office();
    const order = await waiting(desk);
    await name(anna, 'dora');
    const elsewhere = { ...dora, guild: 'another' };
    expect(await problemOf(desk.approve(order.id, elsewhere))).toEqual({ code: 'approvers_only' });
  });
});
