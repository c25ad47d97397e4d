import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { CARD, card, pressOn, publicIn, refusal, reject } from './approving.ts';
import {
  bulk,
  campaignOf,
  csv,
  panel,
  panelThat,
  reveal,
  revealedTo,
  settle,
  soldCards,
  startBigTown,
  steer,
  untilSold,
} from './campaigning.ts';
import { setPolicy } from './past-the-bot.ts';
import { eventually, later, type Person, type Town, toldAside } from './town.ts';

const OTHER = 'google-play-usd-10';
const LIMIT = { scope: { kind: 'guild' as const }, period: 'month' as const, limit: '2000' };
const ids = (people: readonly Person[]) => csv(people.map(({ id }) => id).join('\n'));
const budget = async ({ alice }: Town) => (await (await alice.here.run('budget')).settled()).text;
const allHaveCards = async (town: Town, people: readonly Person[], campaign: string, count = people.length) => {
  const seen = await revealedTo(town, people, campaign, count);
  expect([...seen.values()].map(({ length }) => length)).toEqual(Array(count).fill(1));
  return seen;
};

/** Confirmed, with its first order on its way. */
async function underWay(town: Town, people: readonly Person[]): Promise<Message> {
  town.vendor.fault('slow', { delayMs: 4_000 });
  const preview = await bulk(town.alice, { file: ids(people), item: CARD });
  const running = await steer(town.alice, preview, 'Confirm');
  await untilSold(town, 1);
  return running;
}

/** Discord would end these direct messages after the first two dozen (40003). */
const unlimited = { limits: 'off' } as const;

describe('a bulk send that runs', () => {
  it('is paused and goes on, and nobody gets two', async () => {
    const town = await startBigTown(unlimited);
    const people = settle(town, 120);
    const running = await underWay(town, people);
    const paused = await steer(town.alice, running, 'Pause');
    expect(paused.text).toContain('paused');
    await untilSold(town, 100);
    const campaign = campaignOf(running);
    await allHaveCards(town, people, campaign, 100);
    expect(soldCards(town)).toBe(100);
    await steer(town.alice, paused, 'Resume');
    await allHaveCards(town, people, campaign);
    expect(soldCards(town)).toBe(120);
  });

  it('that is called off gives what is bought, and frees the rest of the budget', async () => {
    const town = await startBigTown(unlimited);
    await setPolicy(town, { budgets: [LIMIT] });
    const people = settle(town, 120);
    const running = await underWay(town, people);
    expect(await budget(town)).toContain('$588.00 reserved');
    expect((await steer(town.alice, running, 'Cancel')).text).toContain('cancelled');
    await allHaveCards(town, people, campaignOf(running), 100);
    await expect.poll(() => budget(town), { timeout: 30_000 }).toContain('**$1,510.00 left** ($490.00 spent)');
    expect(soldCards(town)).toBe(100);
  });

  it('leaves out who left after the preview, and sends them theirs once they are back', async () => {
    const town = await startBigTown();
    const { alice, discord, guildId } = town;
    const people = settle(town, 3);
    const [gone, ...others] = people as [Person, ...Person[]];
    const preview = await bulk(alice, { file: ids(people), item: CARD });
    discord.removeMember(guildId, gone.id);
    await steer(alice, preview, 'Confirm $14.70');
    await allHaveCards(town, others, campaignOf(preview));
    const ended = await panelThat(town, campaignOf(preview), 'ended');
    expect(soldCards(town)).toBe(2);
    const refused = await refusal(alice.here, ended, 'Retry the rest');
    expect(refused).toContain('Nobody in ');
    discord.addMember(guildId, { name: 'member0' });
    const again = await steer(alice, await panel(town, campaignOf(preview)), 'Retry the rest');
    expect(again.text).toContain('Total **$4.90**');
    await steer(alice, again, 'Confirm $4.90');
    await allHaveCards(town, people, campaignOf(preview));
    expect(soldCards(town)).toBe(3);
  });

  it('stops only the card that is out of stock, and goes on with it once there are more', async () => {
    const town = await startBigTown();
    const { alice, vendor } = town;
    const people = settle(town, 4);
    const lines = people.map(({ id }, at) => `${id},${at % 2 ? OTHER : CARD},Well done ${at}`);
    const preview = await bulk(alice, { file: csv(lines.join('\n')) });
    expect(preview.text).toContain('Send 4 gift cards?');
    vendor.setStock(OTHER, 0);
    await steer(alice, preview, 'Confirm');
    const halted = await panelThat(town, campaignOf(preview), 'on hold');
    expect(soldCards(town)).toBe(2);
    vendor.setStock(OTHER, null);
    await steer(alice, halted, 'Resume');
    await allHaveCards(town, people, campaignOf(preview));
    expect(soldCards(town)).toBe(4);
    const last = await reveal(people[3] as Person, campaignOf(preview));
    expect(last.text).toContain('Well done 3');
  });

  it('that needs an approval is approved by nobody who gets a card of it', async () => {
    const town = await startBigTown();
    const { alice, ada, bob } = town;
    const people = [alice, ...settle(town, 1)];
    const preview = await bulk(bob, { file: ids(people), item: CARD });
    expect((await steer(bob, preview, 'Request approval · $9.80')).text).toContain('waiting for approval');
    const campaign = campaignOf(preview);
    const theirs = await (await alice.here.run('approvals')).settled();
    const forged = await alice.here.press(theirs, `campaign.approve:${campaign}`, { forged: true });
    expect(await toldAside(forged)).toContain("You can't approve your own order");
    expect(soldCards(town)).toBe(0);
    const list = await (await ada.here.run('approvals')).settled();
    await (await pressOn(ada.here, list, 'Approve')).settled();
    await allHaveCards(town, people, campaign);
    expect(soldCards(town)).toBe(2);
    const ended = await card(town, 'Finished: 2 × Google Play US 5 USD');
    expect(ended.text).toContain('Total charged **$9.80**');
    expect(ended.buttons).toEqual([]);
  });

  it('that needs an approval is reminded of beside its card, and no more once it is decided', async () => {
    const town = await startBigTown();
    const { ada, bob } = town;
    const preview = await bulk(bob, { file: ids(settle(town, 2)), item: CARD });
    await steer(bob, preview, 'Request approval · $9.80');
    const wanted = await card(town, 'Approval needed: 2 × Google Play US 5 USD');
    const details = await (await pressOn(ada.here, wanted, 'Details')).settled();
    expect(details.text).toContain('To <@');
    await town.bot.stop();
    await town.restart(later(4 * 60 + 1));
    const reminder = await card(town, 'Still waiting after 4 hours');
    expect([reminder.repliesTo, reminder.pinged]).toEqual([wanted.id, []]);
    expect(reminder.text).toContain(`/channels/${town.guildId}/${town.channelId}/${wanted.id}`);
    await reject(ada.here, wanted, 'Not this month');
    await eventually(
      () => !publicIn(town).some(({ id }) => id === reminder.id),
      () => 'the reminder went',
    );
    expect((await card(town, 'Declined:')).id).toBe(wanted.id);
  });
});
