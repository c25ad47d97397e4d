import type { Message, Sight } from '../discord/start-discord.ts';

export type Dismissals = ReturnType<typeof createDismissals>;

/** Ephemeral messages that were put away. Only their reader's client knows: to the bot they are still there. */
export function createDismissals() {
  const away = new Set<string>();
  return {
    add(sight: Sight, messageId: string): void {
      if (sight.message(messageId)?.ephemeral) away.add(messageId);
    },
    has: ({ id }: Message): boolean => away.has(id),
  };
}
