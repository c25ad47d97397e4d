import type { Message } from '../../sandbox/discord/start-discord.ts';
import { CARD } from './approving.ts';
import { campaignOf, pressAnywhere } from './campaigning.ts';
import { type Person, press, type Town } from './town.ts';

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
  return (await pressAnywhere(person, customId)).settled(60_000);
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

/** How many cards each of those has that have any. */
export const numbersOf = (sent: Map<string, string[]>) => [...sent.values()].map((codes) => codes.length);
