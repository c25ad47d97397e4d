import type { Message } from '../../sandbox/discord/start-discord.ts';
import { CARD } from './approving.ts';
import { campaignOf, codesIn, pressAnywhere } from './campaigning.ts';
import { eventually, type Person, press, type Town } from './town.ts';

/** Runs the command and confirms what it shows; gives the id that the campaign's buttons carry. */
export async function startCampaign(
  by: Person,
  command: 'reward drop' | 'reward giveaway',
  values: Record<string, string | number>,
): Promise<string> {
  const planned = await (await by.here.run(command, { item: CARD, ...values })).settled();
  await press(by.here, planned, 'Confirm');
  return campaignOf(planned);
}

/** Presses a button of the campaign's own message, and waits for the first words. */
export async function pressed(person: Person, customId: string): Promise<Message> {
  return (await pressAnywhere(person, customId)).settled();
}

export const claimOf = (person: Person, id: string): Promise<Message> => pressed(person, `drop.claim:${id}`);

/** The panel of whoever runs it, as "Manage" on its message opens it. */
export const panelFor = (person: Person, id: string): Promise<Message> => pressed(person, `campaign.open:${id}`);

/** One more member of the town's guild. */
export function addPerson(
  { discord, guildId, channelId }: Town,
  setup: { name: string; createdAt?: number; joinedAt?: number },
): Person {
  const { id } = discord.addMember(guildId, setup);
  const here = discord.as(id, { guildId, channelId });
  return { id, here, inDms: discord.as(id, { dm: true }), dms: () => discord.dmsOf(id) };
}

/** The codes that these have in direct messages, by who has any. */
export function codesOf(town: Town, people: readonly Person[]): Map<string, string[]> {
  const all = people.map(({ id, dms }) => [id, codesIn(town, dms())] as const);
  return new Map(all.filter(([, codes]) => codes.length > 0));
}

/** Once so many of them have one. */
export const sentTo = (town: Town, people: readonly Person[], count: number) =>
  eventually(
    () => {
      const sent = codesOf(town, people);
      return sent.size >= count && sent;
    },
    () => `${count} have cards, ${codesOf(town, people).size} do:\n${town.bot.output()}`,
  );

/** How many cards each of those has that have any. */
export const numbersOf = (sent: Map<string, string[]>) => [...sent.values()].map((codes) => codes.length);
