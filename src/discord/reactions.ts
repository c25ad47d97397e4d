import { Problem } from '../lib/index.ts';
import { rightsIn } from './channels.ts';
import type { DiscordContext } from './context.ts';
import { attempt, calling } from './errors.ts';

/** The most that Discord gives at once. */
const PAGE = 100;

interface Emoji {
  readonly id: string | null;
  readonly name: string | null;
}

/** Of a message, by REST: what people wrote is of no interest, and is not asked for. */
interface Answered {
  readonly reactions?: readonly Reaction[];
}

interface Reaction {
  readonly emoji: Emoji;
  readonly count_details?: { readonly burst?: number };
}

/** Of reactions with an emoji: usual ones and super reactions, which Discord lists apart. */
const kinds = { usual: 0, burst: 1 } as const;

interface Reactor {
  readonly id: string;
  readonly bot?: boolean;
}

type ReactionsContext = Pick<DiscordContext, 'client' | 'log'>;
type Place = { readonly channel: string; readonly message: string };

/**
 * Who has reacted to a message, with any emoji or with this one: bots are left out, and who used several comes several times.
 * A page in memory at a time. Throws a Problem where the bot cannot read it, where it is no more, and where nobody did so.
 */
export async function* membersWhoReacted(
  ctx: ReactionsContext,
  guild: string,
  place: Place,
  emoji?: string,
): AsyncGenerator<string, void, undefined> {
  requireReadable(ctx, guild, place.channel);
  const path = `/channels/${place.channel}/messages/${place.message}` as const;
  const { reactions = [] } = await asked<Answered>(ctx, path);
  const counted = reactions.filter((each) => emoji === undefined || isSame(each.emoji, emoji));
  if (counted.length === 0) throw new Problem('nobody_reacted', {});
  for (const { emoji: each, count_details: count } of counted) {
    const there = `${path}/reactions/${nameIn(each)}` as const;
    yield* reactorsOf(ctx, there, kinds.usual);
    if ((count?.burst ?? 0) > 0) yield* reactorsOf(ctx, there, kinds.burst);
  }
}

async function* reactorsOf(
  ctx: ReactionsContext,
  path: `/${string}`,
  type: number,
): AsyncGenerator<string, void, undefined> {
  let after = '0';
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE), after, ...(type > 0 && { type: String(type) }) });
    const page = await asked<Reactor[]>(ctx, path, query);
    for (const { id, bot } of page) if (!bot) yield id;
    const last = page.at(-1)?.id;
    if (page.length < PAGE || last === undefined) return;
    // Ids ascend from page to page: else there would be no end, and nobody knows who is missing.
    if (BigInt(last) <= BigInt(after)) throw new Problem('reactions_not_told', {});
    after = last;
  }
}

/** By what the gateway keeps: the message is to be of this guild, and in a channel that the bot can read. */
function requireReadable({ client }: ReactionsContext, guildId: string, id: string): void {
  const guild = client.guilds.cache.get(guildId);
  const channel = guild?.channels.cache.get(id);
  const lacks = guild && channel ? rightsIn(guild, channel) : undefined;
  if (!lacks || lacks.includes('view') || lacks.includes('history')) throw new Problem('message_unreadable', {});
}

function asked<T>({ client, log }: ReactionsContext, path: `/${string}`, query?: URLSearchParams): Promise<T> {
  return attempt(
    async () => (await calling(client.rest.get(path, query ? { query } : {}))) as T,
    (failure) => {
      if (failure.kind === 'gone') throw new Problem('message_gone', {});
      if (failure.kind === 'forbidden' || failure.kind === 'unknown') throw new Problem('message_unreadable', {});
      log.warn({ err: failure }, 'Discord did not tell who reacted to a message');
      throw new Problem('reactions_not_told', {});
    },
  );
}

/** As Discord wants it in an address: a custom one with its id. */
const nameIn = ({ id, name }: Emoji) => encodeURIComponent(id ? `${name}:${id}` : `${name}`);

/** Typed as it is, as `:name:`, or as Discord sends a custom one. A sign may come with or without its variation selector. */
function isSame({ id, name }: Emoji, typed: string): boolean {
  const custom = /^<a?:\w+:(\d+)>$/.exec(typed.trim())?.[1];
  if (custom !== undefined) return custom === id;
  const bare = (text: string) => text.replaceAll('\uFE0F', '').replaceAll(/^:|:$/g, '');
  return bare(name ?? '') === bare(typed.trim());
}
