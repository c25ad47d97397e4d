import { MessageFlags } from 'discord.js';
import type { View } from '../../views/index.ts';

/** A view as discord.js sends it. It pings whom the view names and mentions, nobody else, whatever its text says. */
export function payload(view: View) {
  const { users = [], roles = [] } = view.mentions ?? {};
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [...view.components],
    files: (view.files ?? []).map(({ name, text }) => ({ name, attachment: Buffer.from(text) })),
    allowedMentions: {
      parse: [],
      ...(users.length > 0 && { users: [...users] }),
      ...(roles.length > 0 && { roles: [...roles] }),
    },
  } as const;
}
