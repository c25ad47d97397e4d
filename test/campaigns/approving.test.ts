import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import type { Member } from '../../src/lib/member.ts';
import { APPROVAL_LASTS_MS } from '../orders/desk.ts';
import {
  anna,
  ben,
  bought,
  campaignNow,
  cleo,
  crowd,
  lastOf,
  movedOn,
  olga,
  openRewardDesk,
  plan,
  planBulk,
  problemOf,
  type RewardDesk,
} from './desk.ts';

const dora: Member = { user: 'dora', guild: 'guild', isManager: false, roles: [] };
const first = { number: 0, size: 10 };

async function desks() {
  const desk = await openRewardDesk();
  desk.guild.members.set('dora', dora);
  return desk;
}
/** Cleo may not give cards away by herself. */
async function asked(desk: RewardDesk, wish = {}): Promise<Campaign> {
  const { id } = await plan(desk, { member: cleo, ...wish });
  return desk.campaigns.ask(id, cleo);
}
async function bulkFor(desk: RewardDesk, users: readonly string[]): Promise<Campaign> {
  const { id } = await planBulk(desk, users, { member: cleo });
  return desk.campaigns.ask(id, cleo);
}
const approve = ({ campaigns }: RewardDesk, { id }: Campaign, member: Member) => campaigns.approve(id, member);
const twoWanted = (desk: RewardDesk) =>
  desk.policies.change('guild', 'anna', (policy) => ({
    ...policy,
    tiers: [{ over: '1', approvals: 2 }],
  }));
const nameDora = (desk: RewardDesk) =>
  desk.delegates.name({
    ...{ guild: 'guild', approver: 'anna', delegate: 'dora', until: Number.MAX_VALUE },
  });
/** What is set aside in all budgets under the id of a campaign. */
async function setAside({ ledger }: RewardDesk, { id }: Campaign): Promise<number> {
  let holds = 0;
  for await (const hold of ledger.holds()) if (hold.order === id) holds += 1;
  return holds;
}
const withBudget = (desk: RewardDesk) =>
  desk.policies.change('guild', 'anna', (policy) => ({
    ...policy,
    budgets: [{ scope: { kind: 'guild' }, period: 'month', limit: '100' }],
  }));

describe('a campaign that waits for approval', () => {
  it('buys nothing before as many as it takes have said yes, and then all of it', async () => {
    const desk = await desks();
    await twoWanted(desk);
    const campaign = await bulkFor(desk, crowd(3));
    expect((await approve(desk, campaign, anna)).state).toBe('awaiting_approval');
    await movedOn(desk, campaign.id);
    expect(bought(desk)).toBe(0);
    expect((await approve(desk, campaign, ben)).state).toBe('running');
    expect((await movedOn(desk, campaign.id)).state).toBe('ended');
    expect(bought(desk)).toBe(3);
  });

  it('takes one voice of an approver, theirs or that of their delegate', async () => {
    const desk = await desks();
    await twoWanted(desk);
    await nameDora(desk);
    const campaign = await asked(desk);
    const after = await approve(desk, campaign, dora);
    expect(lastOf(after)).toMatchObject({ why: 'approved_one', by: 'dora', for: 'anna' });
    expect(await problemOf(approve(desk, campaign, anna))).toMatchObject({
      code: 'approved_by_you',
    });
    expect(await problemOf(approve(desk, campaign, dora))).toMatchObject({
      code: 'approved_by_you',
    });
    expect((await approve(desk, campaign, ben)).state).toBe('running');
  });

  it('is decided about by nobody who asked for it or gets a card of it, nor by their delegate', async () => {
    const desk = await desks();
    await nameDora(desk);
    const campaign = await bulkFor(desk, ['anna', 'x']);
    for (const member of [anna, cleo, dora]) {
      const code = { cleo: 'approvers_only', dora: 'delegates_approval' }[member.user] ?? 'own_approval';
      expect(await problemOf(approve(desk, campaign, member))).toMatchObject({ code });
      const rejected = desk.campaigns.reject(campaign.id, member, 'no');
      expect(await problemOf(rejected)).toMatchObject({ code });
    }
    expect((await approve(desk, campaign, ben)).state).toBe('running');
  });

  it('gives no card to who approved it', async () => {
    const desk = await desks();
    const campaign = await asked(desk);
    await approve(desk, campaign, ben);
    await movedOn(desk, campaign.id);
    const claim = (user: string) =>
      desk.campaigns.claimDrop(campaign.id, {
        ...{ user, guild: 'guild', isManager: false, roles: [], createdAt: 0, joinedAt: 0 },
      });
    expect(await problemOf(claim('ben'))).toMatchObject({ code: 'own_campaign' });
    expect(await problemOf(claim('x'))).toBe('no problem');
  });

  it('gives back what was set aside when it is rejected, and when nobody decides in time', async () => {
    const desk = await desks();
    await withBudget(desk);
    const [one, two] = [await asked(desk), await asked(desk)];
    expect(await setAside(desk, one)).toBeGreaterThan(0);
    const rejected = await desk.campaigns.reject(one.id, ben, ' Too many ');
    expect(lastOf(rejected)).toMatchObject({ by: 'ben', why: 'rejected', detail: 'Too many' });
    expect(await setAside(desk, one)).toBe(0);
    expect(await setAside(desk, two)).toBeGreaterThan(0);
    desk.clock.advance(APPROVAL_LASTS_MS);
    expect((await movedOn(desk, two.id)).state).toBe('expired');
    expect(await setAside(desk, two)).toBe(0);
  });

  it('needs more voices where the rules have become stricter since it was asked for', async () => {
    const desk = await desks();
    const campaign = await asked(desk);
    await twoWanted(desk);
    expect((await approve(desk, campaign, anna)).state).toBe('awaiting_approval');
    expect((await approve(desk, campaign, ben)).state).toBe('running');
  });

  it('ends where who asked has left meanwhile', async () => {
    const desk = await desks();
    await withBudget(desk);
    const campaign = await asked(desk);
    desk.guild.left.add('cleo');
    const ended = await approve(desk, campaign, ben);
    expect([ended.state, lastOf(ended)?.why]).toEqual(['rejected', 'requester_left']);
    expect(await setAside(desk, campaign)).toBe(0);
  });
});

describe('what waits for an approver', () => {
  const seenBy = async (desk: RewardDesk, member: Member) => {
    const others = await desk.campaigns.awaiting(member);
    const { waiting, total } = await desk.awaiting(member, first, others);
    const ids = waiting.map((each) => ('order' in each ? each.order.id : each.campaign.id));
    return { total, ids, waiting };
  };

  it('has campaigns among orders, whatever has waited longest first', async () => {
    const desk = await desks();
    const early = await asked(desk);
    desk.clock.advance(60_000);
    const quoted = await desk.quote({
      ...{ member: cleo, itemCode: early.parts[0]?.itemCode ?? '', quantity: 1 },
      ...{ channel: 'channel', locale: 'en' },
    });
    const order = await desk.ask(quoted.id, cleo);
    desk.clock.advance(60_000);
    const late = await asked(desk);
    expect(await seenBy(desk, ben)).toMatchObject({
      total: 3,
      ids: [early.id, order.id, late.id],
    });
    await desk.campaigns.reject(early.id, anna, 'no');
    expect((await seenBy(desk, ben)).ids).toEqual([order.id, late.id]);
  });

  it('is not what they get a card of, and at its end what they have approved', async () => {
    const desk = await desks();
    await twoWanted(desk);
    const theirs = await bulkFor(desk, ['ben', 'x']);
    const [approved, other] = [await asked(desk), await asked(desk)];
    await approve(desk, approved, ben);
    const { ids, waiting } = await seenBy(desk, ben);
    expect(ids).toEqual([other.id, approved.id]);
    expect(waiting[1]).toMatchObject({ actions: ['edit', 'reject'], voice: undefined });
    expect((await seenBy(desk, olga)).ids).toContain(theirs.id);
    expect(await desk.campaigns.awaiting(cleo)).toEqual([]);
    expect((await campaignNow(desk, approved.id)).state).toBe('awaiting_approval');
  });
});
