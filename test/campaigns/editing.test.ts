import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import {
  anna,
  ben,
  campaignNow,
  cleo,
  lastOf,
  movedOn,
  openRewardDesk,
  plan,
  problemOf,
  type RewardDesk,
} from './desk.ts';

const DAY_MS = 24 * 60 * 60_000;
const APPROVER = 'approver';
/** Approves, and has no Manage Server. */
const dora: Member = { user: 'dora', guild: 'guild', isManager: false, roles: [APPROVER] };

/** A drop of cleo's that waits for approval by those with the role. */
async function waiting(desk: RewardDesk, gift = 'Well done') {
  await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, approvers: [APPROVER] }));
  desk.guild.members.set('dora', dora);
  const campaign = await plan(desk, {
    ...{ member: cleo, endsAt: desk.clock.now() + DAY_MS },
    gift: { receipt: 'private', message: gift },
  });
  await desk.campaigns.ask(campaign.id, cleo);
  return campaign;
}

const words = (desk: RewardDesk, id: string, who: Member) =>
  desk.campaigns.edit(id, who, { message: 'Free nitro here' });
const end = ({ campaigns, clock }: RewardDesk, id: string, who: Member) =>
  campaigns.edit(id, who, { endsAt: clock.now() + 9 * DAY_MS });

describe('the words and the end of what goes by an approval', () => {
  it.each(['awaiting_approval', 'running'] as const)('are changed by an approver alone: %s', async (state) => {
    const desk = await openRewardDesk();
    const { id, reference } = await waiting(desk);
    if (state === 'running') await desk.campaigns.approve(id, dora);
    expect((await campaignNow(desk, id)).state).toBe(state);
    // Neither by whoever started it, nor by who has Manage Server and does not approve here.
    for (const member of [cleo, anna])
      for (const change of [words, end])
        expect(await problemOf(change(desk, id, member))).toEqual({ code: 'edit_needs_approver', reference });
    expect((await campaignNow(desk, id)).gift.message).toBe('Well done');
    await desk.campaigns.own(id, dora);
    const edited = await words(desk, id, dora);
    expect([edited.gift.message, lastOf(edited)]).toMatchObject(['Free nitro here', { why: 'edited', by: 'dora' }]);
  });

  it('are changed by a delegate in the name of who approves, which is on record', async () => {
    const desk = await openRewardDesk();
    const { id } = await waiting(desk);
    await desk.delegates.name({ guild: 'guild', approver: 'dora', delegate: 'ben', until: desk.clock.now() + DAY_MS });
    expect(lastOf(await words(desk, id, ben))).toMatchObject({ by: 'ben', for: 'dora' });
  });

  it('are approved anew where somebody had said yes to what they were before', async () => {
    const desk = await openRewardDesk();
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, tiers: [{ over: '1', approvals: 2 }] }));
    const { id } = await waiting(desk);
    await desk.campaigns.approve(id, dora);
    const emil = { ...dora, user: 'emil' };
    desk.guild.members.set('emil', emil);
    expect((await words(desk, id, emil)).approval?.votes).toEqual([]);
    expect((await desk.campaigns.approve(id, emil)).state).toBe('awaiting_approval');
    expect((await desk.campaigns.approve(id, dora)).state).toBe('running');
  });

  it('stand on the card, which follows what was changed', async () => {
    const desk = await openRewardDesk();
    const { id } = await waiting(desk);
    await movedOn(desk, id);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
    expect(desk.said.now('approval')[0]?.campaign.gift.message).toBe('Well done');
    await words(desk, id, dora);
    desk.clock.advance(60_000);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
    expect(desk.said.now('approval')[0]?.campaign.gift.message).toBe('Free nitro here');
  });

  it('stay with whoever started it where nobody has to be asked', async () => {
    const desk = await openRewardDesk();
    const { id } = await plan(desk);
    await desk.campaigns.confirm(id, anna);
    expect((await words(desk, id, anna)).gift.message).toBe('Free nitro here');
  });
});
