import { MessageFlags } from 'discord.js';
import type { View } from '../views/view.ts';

/** A view as discord.js sends it. It pings nobody, whatever its text says. */
export function payload(view: View) {
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [...view.components],
    files: (view.files ?? []).map(({ name, text }) => ({ name, attachment: Buffer.from(text) })),
    allowedMentions: { parse: [] },
  } as const;
}
