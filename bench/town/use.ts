import type { Interaction } from '../../sandbox/discord/interaction.ts';
import type { Actor, DiscordStandIn, Message } from '../../sandbox/discord/start-discord.ts';

/** One use of the bot, and when what came of it was at Discord. */
export interface Use {
  readonly interaction: Interaction;
  readonly actor: Actor;
  readonly at: number;
  acknowledged?: number;
  /** When words came instead of "thinking…", or after a press the first change of its message. */
  answered?: number;
  /** When the first direct message to its user came. */
  sent?: number;
  answer?: Message;
}

/** What a use came to, in milliseconds since it began; absent where nothing came. */
export interface Came {
  acknowledged?: number;
  answered?: number;
  sent?: number;
}

export const cameOf = ({ at, acknowledged, answered, sent }: Use): Came => ({
  ...(acknowledged !== undefined && { acknowledged: acknowledged - at }),
  ...(answered !== undefined && { answered: answered - at }),
  ...(sent !== undefined && { sent: sent - at }),
});

/** Follows every use by one listener, for thousands of them at once. */
export function followUses(discord: DiscordStandIn) {
  const byToken = new Map<string, Use>();
  const byMessage = new Map<string, Use>();
  const byUser = new Map<string, Use>();

  const answer = (use: Use | undefined, message: Message, now: number): void => {
    if (!use || message.thinking) return;
    use.answered ??= now;
    use.answer = message;
  };

  discord.on('change', (change) => {
    const now = performance.now();
    if (change.kind === 'interaction') {
      const { interaction } = change;
      const use = byToken.get(interaction.token);
      if (!use) return;
      use.acknowledged ??= now;
      const { original, acknowledged } = interaction;
      if (acknowledged === 'choices') use.answered ??= now;
      if (!original) return;
      byMessage.set(original.id, use);
      if (acknowledged !== 'deferred-update') answer(use, original, now);
    } else if (change.kind === 'message') {
      const { message } = change;
      const recipient = message.guildId === undefined && discord.channel(message.channelId)?.recipientId;
      const use = recipient ? byUser.get(recipient) : undefined;
      if (use) use.sent ??= now;
      else answer(byMessage.get(message.id), message, now);
    }
  });

  return {
    /** `begin` lets them do it. */
    follow(actor: Actor, begin: () => Interaction): Use {
      const at = performance.now();
      const interaction = begin();
      const use = { interaction, actor, at };
      byToken.set(interaction.token, use);
      byUser.set(actor.user.id, use);
      return use;
    },
    forget(): void {
      for (const map of [byToken, byMessage, byUser]) map.clear();
    },
  };
}
