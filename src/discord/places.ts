import type { Client, Guild } from 'discord.js';
import type { ChannelState, Places } from '../approvals/places.ts';
import type { OrderLog } from '../orders/ports.ts';
import { rightsIn } from './admin-channel.ts';
import { countsOf } from './deciders.ts';
import { calling, DiscordFailure } from './failure.ts';

/** The channels and roles of guilds, which the gateway keeps up to date. */
export function createPlaces(client: Client, log: OrderLog): Places {
  /** What Discord does not tell is told nobody: the next look may know it. */
  async function asking<T, E>(guild: string, otherwise: E, ask: (guild: Guild) => Promise<T>) {
    try {
      return await ask(await calling(client.guilds.fetch(guild)));
    } catch (err) {
      if (!(err instanceof DiscordFailure)) throw err;
      log.warn({ guild, err }, 'Discord did not tell about channels or roles');
      return otherwise;
    }
  }

  return {
    channel: (guild, id) => asking(guild, { is: 'unknown' }, (found) => stateOf(client, found, id)),
    goneRoles: (guild, ids) =>
      asking(guild, 'unknown', async ({ available, roles: { cache } }) =>
        available ? ids.filter((id) => !cache.has(id)) : 'unknown',
      ),
    roleCounts: (guild, ids) =>
      asking(guild, 'unknown', async (found) => {
        const counts = await countsOf(found);
        return ids.map((id) => counts[id] ?? 0);
      }),
  };
}

async function stateOf(client: Client, guild: Guild, id: string): Promise<ChannelState> {
  if (!guild.available) return { is: 'unknown' };
  try {
    const channel = await calling(client.channels.fetch(id));
    if (!channel?.isSendable() || channel.isDMBased() || channel.guildId !== guild.id)
      return { is: 'gone' };
    const { canView, canSend } = rightsIn(guild, channel);
    if (canView && canSend) return { is: 'open' };
    const lacks = canView ? 'send' : canSend ? 'view' : 'both';
    return { is: 'closed', name: channel.name, lacks };
  } catch (error) {
    if (!(error instanceof DiscordFailure)) throw error;
    if (error.kind === 'unknown') return { is: 'gone' };
    if (error.kind === 'forbidden') return { is: 'closed', name: id, lacks: 'both' };
    throw error;
  }
}
