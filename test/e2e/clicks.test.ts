import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { CARD, publicIn } from './approving.ts';
import { campaignOf, revealedTo } from './campaigning.ts';
import { type Clicker, countClicks } from './clicks.ts';
import { eventually, finished, type Person, startTown, type Town } from './town.ts';

/** The rows of docs/ux.md: a job, the clicks that it takes, and the most that it may take. */
const rows = [
  ...readFileSync(join(import.meta.dirname, '../../docs/ux.md'), 'utf8').matchAll(
    /^\| (.+?) +\| (\d+) +\| (\d+) +\|/gm,
  ),
].map(([, job = '', takes, most]) => ({ job, takes: Number(takes), most: Number(most) }));

const rowOf = (job: string) => rows.find((row) => row.job === job);

/** Whoever changes how many clicks a job takes changes its row, too. */
function expectRow(job: string, clicks: readonly string[]): void {
  expect({ job, clicks, takes: clicks.length }).toEqual({ job, clicks, takes: rowOf(job)?.takes });
  expect(clicks.length).toBeLessThanOrEqual(rowOf(job)?.most ?? 0);
}

const quoteOf = async (who: Clicker, command: string, options: Record<string, string | number>) =>
  (await who.run(command, options)).settled();

/** Once this person has read a code that CardPlusPay gave out: in a direct message, or where they pressed. */
const untilCodeReaches = ({ vendor }: Town, person: Person) =>
  eventually(
    () => {
      const seen = [...person.dms(), ...person.here.sees()].map(({ text }) => text).join('\n');
      return vendor.issuedCodes().some((code) => seen.includes(code));
    },
    () => 'a code in what they see',
  );

describe('the clicks of the five commonest jobs', () => {
  it('are few to buy a card alone', async () => {
    const town = await startTown();
    const { by, clicks } = countClicks();
    const alice = by(town.alice.here);
    const quoted = await quoteOf(alice, 'buy', { item: CARD, reason: 'Friday quiz' });
    await finished(await alice.press(quoted, 'quote.confirm'));
    await untilCodeReaches(town, town.alice);
    expectRow('Buy a card yourself', clicks);
  });

  it('are few to request a card and to approve it', async () => {
    const town = await startTown();
    const { by, clicks } = countClicks();
    const [bob, ada] = [by(town.bob.here), by(town.ada.here)];
    await bob.press(await quoteOf(bob, 'buy', { item: CARD, reason: 'Friday quiz' }), 'quote.ask');
    const approve = 'approval.approve|order.approve';
    const card = await eventually(
      () => publicIn(town).find(({ buttons }) => buttons.some(({ customId }) => customId?.match(`^(${approve})`))),
      () => 'the card of the approval',
    );
    await ada.press(card, approve);
    await untilCodeReaches(town, town.bob);
    expectRow('Request a card, and approve it', clicks);
  });

  it('are few to send a card with a message', async () => {
    const town = await startTown();
    const { by, clicks } = countClicks();
    const alice = by(town.alice.here);
    const quoted = await quoteOf(alice, 'reward send', { member: town.bob.id, item: CARD, message: 'Well done' });
    await finished(await alice.press(quoted, 'quote.confirm'));
    await untilCodeReaches(town, town.bob);
    expectRow('Send a card with a message', clicks);
  });

  it('are few to send a card each to three people', async () => {
    const town = await startTown();
    const { by, clicks } = countClicks();
    const [alice, three] = [by(town.alice.here), people(town)];
    const members = three.map(({ id }) => `<@${id}>`).join(' ');
    const planned = await alice.run('reward bulk', { item: CARD, members, message: 'Thanks' });
    const plan = await planned.until(({ buttons }) =>
      buttons.some(({ customId }) => customId?.startsWith('campaign.')),
    );
    await alice.press(plan, 'campaign.confirm');
    await revealedTo(town, three, campaignOf(plan));
    expectRow('Send a card each to three people', clicks);
  });

  it('are few to set a server up: who buys, who approves, where, how much', async () => {
    const town = await startTown();
    const { discord, guildId, ada, bob } = town;
    const { by, clicks } = countClicks();
    const [buyers, approvers] = ['Hosts', 'Leads'].map((name) => discord.addRole(guildId, { name }).id) as [
      string,
      string,
    ];
    discord.setRoles(guildId, bob.id, [buyers]);
    discord.setRoles(guildId, ada.id, [approvers]);
    const staff = discord.addChannel(guildId, 'staff').id;
    const admins = discord.addChannel(guildId, 'admins', { seenBy: [ada.id] }).id;
    const alice = by(town.alice.here);
    const next = async (screen: Message) => (await alice.press(screen, 'setup.show')).settled();
    const pick = async (screen: Message, what: string, value: string) =>
      (await alice.choose(screen, what, [value])).settled();

    let screen = await quoteOf(alice, 'setup', {});
    screen = await next(await pick(screen, 'setup.pick:askers', buyers));
    screen = await next(await pick(screen, 'setup.pick:approvers', approvers));
    screen = await pick(screen, 'setup.pick:approvalsChannel', staff);
    screen = await next(await pick(screen, 'setup.pick:adminsChannel', admins));
    screen = await pick(screen, 'setup.amount:free', '5');
    screen = await pick(screen, 'setup.amount:month', '100');
    const done = await (await alice.press(screen, 'setup.done')).settled();
    for (const id of [buyers, approvers, staff, admins]) expect(done.text).toContain(id);
    expectRow('Set a server up', clicks);
  });
});

function people({ discord, guildId, channelId, bob }: Town): Person[] {
  const others = ['cleo', 'dan'].map((name) => {
    const { id } = discord.addMember(guildId, { name });
    const here = discord.as(id, { guildId, channelId });
    return { id, here, inDms: discord.as(id, { dm: true }), dms: () => discord.dmsOf(id) };
  });
  return [bob, ...others];
}
