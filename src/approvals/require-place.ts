import { Problem } from '../problem.ts';
import type { Places } from './places.ts';

/** Before anything is promised that is to stand there. Throws a Problem where the bot may not write. */
export async function requireOpenChannel(
  places: Pick<Places, 'channel'>,
  guild: string,
  id: string,
): Promise<void> {
  const state = await places.channel(guild, id);
  switch (state.is) {
    case 'open':
      return;
    case 'closed':
      throw new Problem('channel_closed', { channel: state.name, lacks: state.lacks });
    case 'gone':
      throw new Problem('channel_gone', {});
    case 'unknown':
      throw new Problem('place_unclear', {});
  }
}

/** Throws a Problem for a role that the guild does not have. */
export async function requireRoles(
  places: Pick<Places, 'goneRoles'>,
  guild: string,
  ids: readonly string[],
): Promise<void> {
  const gone = await places.goneRoles(guild, ids);
  if (gone === 'unknown') throw new Problem('place_unclear', {});
  if (gone.length > 0) throw new Problem('role_gone', {});
}
