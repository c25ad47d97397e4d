import { expect, it } from 'vitest';
import type { Member } from '../../src/lib/member.ts';
import { campaignNow, cleo, lastOf, movedOn, openRewardDesk, plan, problemOf, type RewardDesk } from './desk.ts';

const APPROVER = 'approver';
const dora: Member = { user: 'dora', guild: 'guild', isManager: false, roles: [APPROVER] };

/** An approved drop of cleo's, whose price rose once it ran, and which she offers once more. */
async function offeredAgain(desk: RewardDesk) {
  await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, approvers: [APPROVER] }));
  desk.guild.members.set('dora', dora);
  const { id } = await plan(desk, { member: cleo, gift: { receipt: 'private', message: 'Well done' } });
  await desk.campaigns.ask(id, cleo);
  await desk.campaigns.approve(id, dora);
  await desk.ctx.campaigns.revise(id, (current) => ({
    ...current,
    state: 'halted',
    parts: current.parts.map((part) => ({ ...part, blocked: { why: 'price_rose', at: 0, tries: 1 } })),
  }));
  await desk.campaigns.reprice(id, cleo);
  return id;
}

it('what was approved once keeps its words while its rest is offered anew: everybody reads them still', async () => {
  const desk = await openRewardDesk();
  const id = await offeredAgain(desk);
  const { state, approval, reference } = await campaignNow(desk, id);
  expect([state, approval]).toEqual(['planned', undefined]);
  const edit = (who: Member) => desk.campaigns.edit(id, who, { message: 'Free nitro here' });
  expect(await problemOf(edit(cleo))).toEqual({ code: 'edit_needs_approver', reference });
  await movedOn(desk, id);
  expect((await campaignNow(desk, id)).gift.message).toBe('Well done');
  expect(lastOf(await edit(dora))).toMatchObject({ by: 'dora', why: 'edited' });
  // Her offer is still hers to ask for.
  expect((await desk.campaigns.actionsOf(await campaignNow(desk, id), cleo)).actions).toEqual(['ask', 'cancel']);
});

it('of two last approvals at the same moment the second has to fit into the day', async () => {
  const desk = await openRewardDesk({ caps: { order: '100', day: '20' } });
  await desk.policies.change('guild', 'anna', (policy) => ({
    ...policy,
    approvers: [APPROVER],
    tiers: [{ over: '1', approvals: 2 }],
  }));
  const emil = { ...dora, user: 'emil' };
  for (const each of [dora, emil]) desk.guild.members.set(each.user, each);
  const ask = async () => {
    const { id } = await plan(desk, { member: cleo });
    await desk.campaigns.ask(id, cleo);
    return id;
  };
  const [one, two] = [await ask(), await ask()];
  for (const each of [dora, emil]) await desk.campaigns.approve(one, each);
  expect((await campaignNow(desk, one)).reserved?.day).toBeDefined();
  const both = await Promise.allSettled([desk.campaigns.approve(two, dora), desk.campaigns.approve(two, emil)]);
  expect(both.flatMap((each) => (each.status === 'rejected' ? each.reason.code : []))).toEqual([
    'approval_over_day_cap',
  ]);
  expect(await campaignNow(desk, two)).toMatchObject({ state: 'awaiting_approval', approval: { votes: [{}] } });
});
