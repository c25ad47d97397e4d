import type { Actor, Exchange, Message } from '../../sandbox/discord/start-discord.ts';
import { eventually, quote, type Town, toldAside } from './town.ts';

export const CARD = 'google-play-usd-5';
const WAITS = 'Approval needed: 2 × Google Play US 5 USD';

/** Everything that everybody in a channel sees. */
export function publicIn({ discord, channelId }: Town, channel = channelId): Message[] {
  return discord.channelMessages(channel).filter(({ ephemeral }) => !ephemeral);
}

/** The newest message that everybody in the channel sees, with these words. */
export function card(town: Town, words = WAITS, channel = town.channelId): Promise<Message> {
  return eventually(
    () => publicIn(town, channel).findLast(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${publicIn(town, channel).map(({ text }) => text)}`,
  );
}

export function pressOn(actor: Actor, message: Message, label: string): Promise<Exchange> {
  const button = message.buttons.find((each) => each.label?.startsWith(label));
  if (!button?.customId) throw new Error(`no button "${label}" on:\n${message.text}`);
  return actor.press(message, button.customId);
}

/**
 * As people do who read that the bot did not respond: a machine that also runs other tests may be too slow for a crowd.
 * Undefined where the button can no longer be pressed by then.
 */
export async function pressUntilTaken(actor: Actor, message: Message, label: string): Promise<Exchange | undefined> {
  for (let tries = 1; ; tries++) {
    const exchange = await pressOn(actor, message, label).catch((error: unknown) => {
      if (tries > 1 && error instanceof Error && error.message.includes('is disabled')) return undefined;
      throw error;
    });
    if (exchange?.error === undefined || tries === 10) return exchange;
  }
}

/** The same, for what can always be pressed. */
export async function untilTaken(act: () => Promise<Exchange>): Promise<Exchange> {
  for (let tries = 1; ; tries++) {
    const exchange = await act();
    if (exchange.error === undefined || tries === 10) return exchange;
  }
}

export const refusal = async (actor: Actor, message: Message, label: string) =>
  toldAside(await pressOn(actor, message, label));

export const showing = (exchange: Exchange, words: string) =>
  exchange.until(({ text }) => text.includes(words), 45_000);

export const dmWith = ({ bob }: Town, words: string) =>
  eventually(
    () => bob.dms().find(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${bob.dms().map(({ text }) => text)}`,
  );

/** Bob has asked for two cards: what he sees, and the card of his approval. */
export async function asked(town: Town) {
  const quoted = await quote(town.bob, CARD, 2, 'Friday quiz');
  const exchange = await pressOn(town.bob.here, quoted, 'Request approval · $9.80');
  const waiting = await showing(exchange, 'Waiting for approval');
  return { exchange, waiting, wanted: await card(town) };
}

export async function reject(actor: Actor, message: Message, reason: string): Promise<Message> {
  const modal = await pressOn(actor, message, 'Decline');
  return (await actor.submit(modal, { reason })).settled();
}
