import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Exchange, Message } from '../../sandbox/discord/start-discord.ts';
import { eventually, type Person, personIn, startTown, type Town, type TownPast } from './town.ts';
import { openTownStore } from './town-store.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
/** The versions that have left a store: see the README there. */
export const olderVersions = readdirSync(FIXTURES).flatMap((name) => /^store-(.+)$/.exec(name)?.[1] ?? []);
/** The one whose orders these tests know by their references. */
const FIRST = '0.1.0';

const VIEW_CHANNEL = 1n << 10n;

/** Minutes after, in which no offer ends. */
export const SOON = 5;
/** The purchase that was out. */
const LOST = '4VYQSP';

/** The town in which an older version was killed, with the bot of today. */
export interface OlderTown extends Town {
  /** When the older version was killed. */
  readonly at: number;
  readonly adminsChannel: string;
  /** Decides in the name of Ada. */
  readonly carol: Person;
  /** Her direct messages are closed, as Ada's are. */
  readonly dora: Person;
  readonly eve: Person;
}

/** So many minutes after the older version was killed, whenever the test runs. */
export async function startOlderTown(minutesAfter: number, version = FIRST): Promise<OlderTown> {
  const folder = join(FIXTURES, `store-${version}`);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const { at, adminsChannel, ...place } = JSON.parse(read('town.json'));
  const town = await startTown({
    store: await openTownStore(join(folder, 'store')),
    past: { ...place, adminsChannel, world: closedToOthers(read('discord.json'), adminsChannel, place) },
    vendor: { past: read('cardpluspay.json') },
    aheadMinutes: Math.round((at - Date.now()) / 60_000) + minutesAfter,
    // The purchase that was out is looked for until then.
    environment: { RECONCILE_FOR_S: '600' },
  });
  const person = (name: string) => personIn(town.discord, town, place.people[name]);
  const more = { carol: person('carol'), dora: person('dora'), eve: person('eve') };
  return { ...town, ...more, at, adminsChannel };
}

/** As its admins do who read that everybody reads what they are told: only they see the channel from now on. */
function closedToOthers(
  world: string,
  channel: string,
  { guildId, people }: Pick<TownPast, 'guildId' | 'people'>,
): string {
  const bits = (allow: bigint, deny: bigint) => ({
    allow: { $bigint: String(allow) },
    deny: { $bigint: String(deny) },
  });
  const past = JSON.parse(world) as { channels: { $map: [string, { overwrites: unknown[] }][] } };
  const bot = '1000000000000000001';
  for (const [id, { overwrites }] of past.channels.$map) {
    if (id !== channel) continue;
    overwrites.push({ id: guildId, type: 0, ...bits(0n, VIEW_CHANNEL) });
    for (const each of [bot, ...Object.values(people)])
      overwrites.push({ id: each, type: 1, ...bits(VIEW_CHANNEL, 0n) });
  }
  return JSON.stringify(past);
}

/** Everything that stands in Discord, oldest first. */
export function standing(town: OlderTown): Message[] {
  const { alice, ada, bob, carol, dora, eve } = town;
  const inDms = [alice, ada, bob, carol, dora, eve].flatMap((person) => person.dms());
  const channels = [town.channelId, town.adminsChannel];
  return [...channels.flatMap((id) => town.discord.channelMessages(id)), ...inDms];
}

/** The newest message with these words that has such a button. */
export function withButton(town: OlderTown, verb: string, words = ''): Message {
  const found = standing(town).findLast(
    ({ text, buttons }) => text.includes(words) && buttons.some(({ customId }) => customId?.startsWith(`${verb}:`)),
  );
  if (!found) throw new Error(`no "${verb}" with "${words}"`);
  return found;
}

/** Presses the button that stands there, by the id that the older version gave it. */
export function pressStanding(
  { discord, guildId }: OlderTown,
  by: Person,
  message: Message,
  verb: string,
): Promise<Exchange> {
  const id = message.buttons.find(({ customId }) => customId?.startsWith(verb))?.customId;
  const { channelId } = message;
  const actor = message.guildId ? discord.as(by.id, { guildId, channelId }) : by.inDms;
  return actor.press(message, id ?? '');
}

/** The codes, and what belongs to them, of what CardPlusPay sold last so. */
export function soldAs({ vendor }: Town, itemCode: string, quantity: number): string[] {
  const order = vendor.orders().findLast((o) => o.itemCode === itemCode && o.quantity === quantity);
  const codes = order?.codes ?? [];
  return codes.flatMap(({ code, metadata }) => [code, ...metadata.flatMap(Object.values)]);
}

export const dmWith = (person: Person, words: string) =>
  eventually(
    () => person.dms().find(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${person.dms().map(({ text }) => text)}`,
  );

export const orderOf = async ({ here }: Person, reference: string): Promise<Message> =>
  (await here.run('order', { reference })).settled();

/** Soon after, once the purchase that was out is found at CardPlusPay. */
export async function recovered(): Promise<OlderTown> {
  const town = await startOlderTown(SOON);
  const [code = ''] = soldAs(town, 'google-play-usd-25', 1);
  await dmWith(town.alice, code);
  await expect.poll(async () => (await orderOf(town.alice, LOST)).text, { timeout: 40_000 }).toContain('delivered');
  return town;
}

/** What somebody is told who presses a button, or the form that it opens. */
export async function answerTo(exchange: Exchange): Promise<string> {
  if (exchange.modal) return exchange.modal.title;
  let shown: string | undefined;
  const show = ({ text }: Message) => {
    shown = text;
  };
  // Not where the answer is a message beside the one that was pressed.
  exchange.settled(60_000).then(show, () => undefined);
  const answer = () => exchange.followUps().at(-1)?.text ?? shown;
  return eventually(answer, () => `an answer to ${exchange.id}`);
}

/** By the button below the notice of the stop, which is gone then. */
export async function resume(town: OlderTown): Promise<void> {
  const verb = 'purchases.resume';
  const notice = withButton(town, verb);
  await pressStanding(town, town.ada, notice, verb);
  await expect.poll(() => notice.buttons, { timeout: 40_000 }).toEqual([]);
}
