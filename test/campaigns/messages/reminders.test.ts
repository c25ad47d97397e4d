import { describe, expect, it } from 'vitest';
import type { CampaignContent } from '../../../src/campaigns/model/ports.ts';
import { createMortal } from '../../orders/mortal.ts';
import { ben, campaignNow, cleo, crowd, movedOn, openRewardDesk, planBulk, type RewardDesk } from '../desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Cleo has asked for a bulk send, and its card is up. */
async function asked({ hours = 72, approvals = 1 } = {}) {
  const desk = await openRewardDesk();
  await desk.policies.change('guild', 'anna', (policy) => ({
    ...policy,
    approvalHours: hours,
    tiers: [{ over: '0', approvals }],
  }));
  const { id } = await planBulk(desk, crowd(3), { member: cleo });
  await desk.campaigns.ask(id, cleo);
  await movedOn(desk, id);
  expect(desk.said.now('approval')).toHaveLength(1);
  return { desk, id };
}

/** Time goes by, as for a running bot. */
async function pass(desk: RewardDesk, ms: number, { campaigns } = desk, stepMs = 5 * MINUTE) {
  for (let gone = 0; gone < ms; gone += stepMs) {
    desk.clock.advance(Math.min(stepMs, ms - gone));
    await campaigns.tick();
    await campaigns.settled();
  }
}

type Reminder = Extract<CampaignContent, { kind: 'reminder' }>;
const isReminder = (content?: CampaignContent): content is Reminder => content?.kind === 'reminder';
/** Reminders as they were first put up, and whether they still stand. */
const remindersOf = ({ said }: RewardDesk) =>
  said.messages.flatMap(({ said: [first], pings }, at) =>
    isReminder(first) ? [{ ...first, pings, isUp: !said.deleted.has(String(at)) }] : [],
  );
const numbersUp = (desk: RewardDesk) =>
  remindersOf(desk)
    .filter(({ isUp }) => isUp)
    .map(({ number }) => number);

describe('a reminder of a campaign that waits for approval', () => {
  it('comes after 4 hours, 8 more, 16 more and 32 more, and each takes the place of the one before', async () => {
    const { desk } = await asked();
    const came: number[] = [];
    for (let hour = 1; hour < 72; hour++) {
      const before = remindersOf(desk).length;
      await pass(desk, HOUR, desk, HOUR / 4);
      if (remindersOf(desk).length > before) came.push(hour);
      expect(numbersUp(desk).length).toBeLessThanOrEqual(1);
    }
    expect(came).toEqual([4, 12, 28, 60]);
    expect(numbersUp(desk)).toEqual([4]);
  });

  it('pings nobody, and stands by its card', async () => {
    const { desk, id } = await asked();
    await pass(desk, 4 * HOUR - MINUTE);
    expect(remindersOf(desk)).toEqual([]);
    await pass(desk, 3 * MINUTE);
    const card = { channel: 'place', message: '0' };
    expect(remindersOf(desk)).toMatchObject([{ number: 1, card, pings: false, campaign: { id } }]);
  });

  it.each(['approve', 'reject'] as const)('goes at once when others %s it', async (what) => {
    const { desk, id } = await asked();
    await pass(desk, 4 * HOUR + 2 * MINUTE);
    expect(numbersUp(desk)).toEqual([1]);
    if (what === 'approve') await desk.campaigns.approve(id, ben);
    else await desk.campaigns.reject(id, ben, 'Not this month');
    await movedOn(desk, id);
    expect(numbersUp(desk)).toEqual([]);
    expect(remindersOf(desk)).toHaveLength(1);
  });

  it('goes when the wait ends without a decision', async () => {
    const { desk, id } = await asked({ hours: 6 });
    await pass(desk, 5 * HOUR);
    expect(numbersUp(desk)).toEqual([1]);
    await pass(desk, HOUR + 2 * MINUTE);
    expect(await campaignNow(desk, id)).toMatchObject({ state: 'expired' });
    expect(numbersUp(desk)).toEqual([]);
  });

  it('says anew what is wanted once one of several has approved', async () => {
    const { desk, id } = await asked({ approvals: 2 });
    await pass(desk, 4 * HOUR + 2 * MINUTE);
    await desk.campaigns.approve(id, ben);
    await movedOn(desk, id);
    const votes = desk.said.messages
      .map(({ said }) => said.filter(isReminder).map(({ campaign }) => campaign.approval?.votes))
      .find((said) => said.length > 0);
    expect(votes?.map((each) => each?.length)).toEqual([0, 1]);
    expect(numbersUp(desk)).toEqual([1]);
  });

  it('does not come within the last minutes before the end', async () => {
    const { desk } = await asked({ hours: 4 });
    await pass(desk, 4 * HOUR - MINUTE);
    expect(remindersOf(desk)).toEqual([]);
  });

  it('after a pause is the newest one alone', async () => {
    const { desk } = await asked();
    desk.clock.advance(30 * HOUR);
    await pass(desk, 3 * MINUTE, { ...desk, ...desk.openCampaigns() });
    expect(remindersOf(desk).map(({ number }) => number)).toEqual([3]);
  });

  it('that somebody has deleted stays away', async () => {
    const { desk } = await asked();
    await pass(desk, 4 * HOUR + 2 * MINUTE);
    desk.said.deleted.add('1');
    await pass(desk, HOUR);
    expect(remindersOf(desk)).toHaveLength(1);
  });

  it('counts from when it was asked for last, where its price had risen', async () => {
    const { desk, id } = await asked();
    await pass(desk, 4 * HOUR + 2 * MINUTE);
    await desk.campaigns.approve(id, ben);
    desk.vendor.prices = Object.fromEntries(Object.keys(desk.vendor.prices).map((item) => [item, '5.50']));
    await movedOn(desk, id);
    expect(await campaignNow(desk, id)).toMatchObject({ state: 'halted' });
    await desk.campaigns.reprice(id, cleo);
    await desk.campaigns.ask(id, cleo);
    await movedOn(desk, id);
    await pass(desk, 4 * HOUR - 5 * MINUTE);
    expect(numbersUp(desk)).toEqual([]);
    await pass(desk, 10 * MINUTE);
    expect(remindersOf(desk).map(({ number, isUp }) => [number, isUp])).toEqual([
      [1, false],
      [1, true],
    ]);
  });

  it.each(['before', 'after'] as const)(
    'is there once, and gone once it is decided, whatever call its process dies %s',
    async (when) => {
      for (let call = 1; ; call++) {
        const { desk, id } = await asked();
        desk.clock.advance(4 * HOUR);
        const mortal = createMortal({ call, when });
        const dying = desk.openCampaigns(mortal.wrap);
        const lived = dying.campaigns
          .tick()
          .then(() => dying.campaigns.settled())
          .then(() => 'finished');
        const end = await Promise.race([lived, mortal.died]);
        const next = { ...desk, ...desk.openCampaigns() };
        await pass(desk, 3 * MINUTE, next, 5_000);
        expect(remindersOf(desk)).toHaveLength(1);
        await next.campaigns.reject(id, ben, 'no');
        await pass(desk, 3 * MINUTE, next, 5_000);
        expect(numbersUp(desk)).toEqual([]);
        if (end === 'finished') break;
      }
    },
  );
});
