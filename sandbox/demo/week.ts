import type { CardPlusPayStandIn } from '../cardpluspay/start-cardpluspay.ts';
import type { Actor, DiscordStandIn, Exchange, Message, OptionValues } from '../discord/start-discord.ts';
import type { QuizClub } from '../quiz-club.ts';

interface Parts {
  discord: DiscordStandIn;
  vendor: CardPlusPayStandIn;
  club: QuizClub;
  /** From now on it is so many days ago, for the bot and both stand-ins. */
  daysAgo(days: number): void;
}

const GOOGLE_PLAY = 'google-play-usd-5';
const PATIENCE_MS = 20_000;

/**
 * A week in the life of the club, lived through the bot itself: its people run commands and press buttons, days apart.
 * Buttons are found by what they do, whatever is written on them.
 */
export async function liveWeek({ discord, vendor, club, daysAgo }: Parts): Promise<void> {
  const { guildId, channels, people } = club;
  const at = (name: string, channelId = channels.general) => discord.as(people[name] ?? '', { guildId, channelId });
  const [ada, alice, bob, cleo] = ['Ada', 'Alice', 'Bob', 'Cleo'].map((name) => at(name));
  if (!ada || !alice || !bob || !cleo) throw new Error('The club lacks somebody.');

  daysAgo(6);
  await limit(alice, 'everyone', { period: 'month', amount: '60' });
  await bought(ada, { item: GOOGLE_PLAY, quantity: 2, reason: 'Prizes for the first quiz' });
  await approved(bob, ada, { item: 'google-play-usd-25', reason: 'Tournament winner' });

  daysAgo(4);
  await declined(bob, alice, { item: 'google-play-usd-25', reason: 'New headset' });
  const gift = await use(alice, 'reward send', {
    member: cleo.user.id,
    item: GOOGLE_PLAY,
    message: 'Thanks for hosting!',
  });
  await settledOrder(await pressed(alice, gift, 'quote.confirm'));

  daysAgo(2);
  vendor.fault('out-of-stock');
  await bought(alice, { item: 'google-play-usd-10', reason: 'Welcome gift' });
  discord.say(cleo.user.id, channels.general, 'Same time on Friday?');

  daysAgo(0);
  await running(['Ada', 'Bob', 'Cleo', 'Dan'].map((name) => at(name, channels.quiz)));
  await requested(bob, { item: GOOGLE_PLAY, reason: 'Friday quiz' });

  async function running([host, ...entrants]: Actor[]): Promise<void> {
    if (!host) return;
    const planned = await use(host, 'reward giveaway', { item: 'google-play-usd-10', winners: 1, ends: '2 hours' });
    await pressed(host, planned, 'campaign.confirm');
    for (const who of entrants) await pressed(who, await inChannel(channels.quiz, 'giveaway.enter'), 'giveaway.enter');
  }

  /** The newest message with such a button that everybody in the channel sees. */
  async function inChannel(channelId: string, verb: string): Promise<Message> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = discord.channelMessages(channelId).findLast((one) => !one.ephemeral && buttonOf(one, verb));
      if (found) return found;
      if (Date.now() > end) throw new Error(`No message with ${verb} has come.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function requested(who: Actor, order: OptionValues): Promise<Message> {
    await pressed(who, await use(who, 'buy', order), 'quote.ask');
    return inChannel(channels.general, 'approval.approve|order.approve');
  }

  async function approved(who: Actor, approver: Actor, order: OptionValues): Promise<void> {
    const had = vendor.orders().length;
    const card = await requested(who, order);
    await pressed(approver, card, 'approval.approve|order.approve');
    const codes = () => vendor.orders()[had]?.codes.map(({ code }) => code) ?? [];
    const told = () => discord.dmsOf(who.user.id).map(({ text }) => text);
    await until(() => codes().some((code) => told().join().includes(code)), 'a direct message with the code');
  }

  async function declined(who: Actor, approver: Actor, order: OptionValues): Promise<void> {
    const form = await pressed(approver, await requested(who, order), 'approval.reject|order.reject');
    const [field] = form.modal?.fields ?? [];
    if (!field) throw new Error('Declining asks for no reason.');
    await (await approver.submit(form, { [field.customId]: 'Hardware is bought by the club' })).settled();
  }
}

async function bought(who: Actor, order: OptionValues): Promise<void> {
  await settledOrder(await pressed(who, await use(who, 'buy', order), 'quote.confirm'));
}

/** What became of an order: nothing on its message can be cancelled or confirmed, and it doesn't say that it is on its way. */
async function settledOrder(exchange: Exchange): Promise<void> {
  await exchange.until((message) => !buttonOf(message, 'quote.') && isOver(message), PATIENCE_MS);
}

const isOver = ({ text, buttons }: Message): boolean =>
  buttons.length > 0 || !/^\W*(checking|confirmed|buying|purchasing|waiting|sending)/i.test(text);

async function limit(by: Actor, whose: string, values: Record<string, string>): Promise<void> {
  const budget = await use(by, 'budget');
  const kinds = await (await pressed(by, budget, 'budget.set')).settled();
  await (await by.submit(await pressed(by, kinds, `budget.limit:${whose}`), values)).settled();
}

async function use(who: Actor, command: string, options: OptionValues = {}): Promise<Message> {
  return (await who.run(command, options)).settled(PATIENCE_MS);
}

const buttonOf = ({ buttons }: Message, verbs: string) =>
  buttons.find(({ customId, disabled }) => !disabled && verbs.split('|').some((verb) => customId?.startsWith(verb)));

function pressed(who: Actor, message: Message, verbs: string): Promise<Exchange> {
  const button = buttonOf(message, verbs);
  if (!button?.customId) throw new Error(`No button ${verbs} on:\n${message.text}`);
  return who.press(message, button.customId);
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`There never was ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
