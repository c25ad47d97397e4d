import type { Client, Guild } from 'discord.js';
import type { ChannelState } from '../policy/index.ts';
import { rightsIn, sendableIn } from './channels.ts';
import type { DiscordContext } from './context.ts';
import { attempt, calling } from './errors.ts';
import { membersByRole } from './members.ts';

type PlacesContext = Pick<DiscordContext, 'client' | 'log'>;

/** What Discord does not tell is told nobody: the next look may know it. */
async function ask<T, E>(
  { client, log }: PlacesContext,
  guild: string,
  otherwise: E,
  question: (guild: Guild) => Promise<T>,
): Promise<T | E> {
  return attempt(
    async () => question(await calling(client.guilds.fetch(guild))),
    (err) => {
      log.warn({ guild, err }, 'Discord did not tell about channels or roles');
      return otherwise;
    },
  );
}

export function channelState(ctx: PlacesContext, guild: string, id: string): Promise<ChannelState> {
  return ask(ctx, guild, { is: 'unknown' }, (found) => stateOf(ctx.client, found, id));
}

/** Which of these roles the guild does not have, by what the gateway keeps up to date. */
export function goneRoles(
  ctx: PlacesContext,
  guild: string,
  ids: readonly string[],
): Promise<readonly string[] | 'unknown'> {
  return ask(ctx, guild, 'unknown', async ({ available, roles: { cache } }) =>
    available ? ids.filter((id) => !cache.has(id)) : 'unknown',
  );
}

/** How many members have each of these roles, in their order. */
export function roleCounts(
  ctx: PlacesContext,
  guild: string,
  ids: readonly string[],
): Promise<readonly number[] | 'unknown'> {
  return ask(ctx, guild, 'unknown', async (found) => {
    const counts = await membersByRole(found);
    return ids.map((id) => counts[id] ?? 0);
  });
}

async function stateOf(client: Client, guild: Guild, id: string): Promise<ChannelState> {
  if (!guild.available) return { is: 'unknown' };
  return attempt<ChannelState, ChannelState>(
    async () => {
      const channel = await sendableIn(client, guild, id);
      if (!channel) return { is: 'gone' };
      const { canView, canSend } = rightsIn(guild, channel);
      if (canView && canSend) return { is: 'open' };
      const lacks = canView ? 'send' : canSend ? 'view' : 'both';
      return { is: 'closed', name: channel.name, lacks };
    },
    (failure) => {
      if (failure.kind === 'unknown') return { is: 'gone' };
      if (failure.kind === 'forbidden') return { is: 'closed', name: id, lacks: 'both' };
      throw failure;
    },
  );
}
