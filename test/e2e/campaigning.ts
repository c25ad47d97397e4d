import type { Exchange, Message, OptionValues } from '../../sandbox/discord/start-discord.ts';
import { pressOn, untilTaken } from './approving.ts';
import { eventually, type Person, startTown, type Town, type TownOptions } from './town.ts';

/** A town whose operator allows much in a day. */
export function startBigTown({ environment, vendor, ...options }: TownOptions = {}): Promise<Town> {
  return startTown({
    vendor: { balance: '10000.00', ...vendor },
    environment: {
      ...{ MAX_ORDER_TOTAL: '10000', MAX_DAY_TOTAL: '10000' },
      ...environment,
    },
    ...options,
  });
}

/** So many more members of the town's guild. */
export function settle({ discord, guildId, channelId }: Town, count: number): Person[] {
  return Array.from({ length: count }, (_, at) => {
    const { id } = discord.addMember(guildId, { name: `member${at}` });
    const here = discord.as(id, { guildId, channelId });
    const inDms = discord.as(id, { dm: true });
    return { id, here, inDms, dms: () => discord.dmsOf(id) };
  });
}

/** Runs /reward bulk and waits for its preview, or for what it says instead. */
export async function bulk(from: Person, options: OptionValues): Promise<Message> {
  const exchange = await from.here.run('reward bulk', options);
  return exchange.until(({ text }) => !/thinking|Checking/.test(text), 60_000);
}

export const csv = (text: string) => ({ name: 'members.csv', bytes: text });

/** The id that a panel's buttons carry. */
export function campaignOf({ text, buttons }: Message): string {
  const button = buttons.find(({ customId }) => customId?.startsWith('campaign.'));
  if (!button?.customId) throw new Error(`no campaign on:\n${text}`);
  return button.customId.split(':')[1] ?? '';
}

/** Presses a button of a panel, and gives the panel as it stands then. */
export async function steer(from: Person, panel: Message, label: string): Promise<Message> {
  const exchange = await pressOn(from.here, panel, label);
  return exchange.settled();
}

/** Any button at all, as it would stand on a message that somebody sees. */
export async function pressAnywhere(person: Person, customId: string): Promise<Exchange> {
  const list = await (await untilTaken(() => person.here.run('rewards'))).settled(60_000);
  return untilTaken(() => person.here.press(list, customId, { forged: true }));
}

/** All codes of cards in these messages. */
export function codesIn(town: Town, messages: readonly Message[]): string[] {
  const text = messages.map((each) => each.text).join('\n');
  return town.vendor.orders().flatMap(({ codes }) => codes.flatMap(({ code }) => (text.includes(code) ? [code] : [])));
}

/** What somebody sees who presses "Reveal my code" on the message of a campaign. */
export async function reveal(person: Person, campaign: string): Promise<Message> {
  return (await pressAnywhere(person, `campaign.fetch:${campaign}`)).settled(60_000);
}

/** Once so many of these see codes who press for them: the codes of each. Nobody has any in direct messages. */
export async function revealedTo(
  town: Town,
  people: readonly Person[],
  campaign: string,
  count = people.length,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let tries = 0; found.size < count; tries++) {
    for (const person of people.filter(({ id }) => !found.has(id))) {
      const codes = codesIn(town, [await reveal(person, campaign)]);
      if (codes.length > 0) found.set(person.id, codes);
    }
    if (found.size >= count) break;
    if (tries > 100)
      throw new Error(`${count} are to see a card, ${found.size} do:\n${town.bot.output().slice(-3000)}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  for (const { dms } of people) if (codesIn(town, dms()).length > 0) throw new Error('codes in a direct message');
  return found;
}

/** Waits until CardPlusPay has sold so many cards. */
export const soldCards = ({ vendor }: Town) => vendor.orders().reduce((sum, { quantity }) => sum + quantity, 0);
export const untilSold = (town: Town, count: number) =>
  eventually(
    () => soldCards(town) >= count,
    () => `${count} cards sold, ${soldCards(town)} are`,
  );

/** A campaign's panel, as its "Manage" button opens it for whoever runs it. */
export async function panel({ alice }: Town, campaign: string): Promise<Message> {
  return (await pressAnywhere(alice, `campaign.open:${campaign}`)).settled();
}

/** The panel once its title says so. */
export async function panelThat(town: Town, campaign: string, state: string): Promise<Message> {
  for (let tries = 0; ; tries++) {
    const seen = await panel(town, campaign);
    if (seen.text.split('\n')[0]?.includes(`· ${state}`)) return seen;
    if (tries > 100) throw new Error(`it is not ${state}:\n${seen.text}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
