import { Status } from 'discord.js';
import type { ReadyChecks } from '../../monitoring/index.ts';
import type { DiscordContext } from '../context.ts';
import type { LeaderStanding } from './leader.ts';

const standings: Readonly<Record<LeaderStanding, { ok: boolean; is: string }>> = {
  starting: { ok: false, is: 'starting' },
  preparing: { ok: false, is: 'registering commands' },
  serving: { ok: true, is: 'serving' },
  standing_by: { ok: true, is: 'standing by: another process serves' },
  unsure: { ok: false, is: 'nobody can tell which process serves' },
};

/** What Discord's side of readiness is, by what is in memory. */
export function checksOf(
  { client, health }: Pick<DiscordContext, 'client' | 'health'>,
  standing: () => LeaderStanding,
  areLost: () => boolean,
): Pick<ReadyChecks, 'discord' | 'serving' | 'presses'> {
  const isConnected = () => client.ws.shards.every(({ status }) => status === Status.Ready);
  return {
    discord: () => (isConnected() ? { ok: true, is: 'connected' } : { ok: false, is: 'not connected' }),
    serving: () => standings[standing()],
    presses() {
      if (health.isShutOut()) return { ok: false, is: 'Discord shuts this machine out for now' };
      if (areLost()) return { ok: false, is: 'Discord takes none of the answers' };
      return standing() === 'standing_by' ? { ok: true, is: 'another process answers' } : { ok: true, is: 'answered' };
    },
  };
}
