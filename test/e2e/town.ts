import { onTestFinished, type TestContext } from 'vitest';
import {
  type CardPlusPayOptions,
  type CardPlusPayStandIn,
  startCardPlusPay,
} from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import {
  type Actor,
  type DiscordStandIn,
  type Exchange,
  type Latency,
  type LimitsMode,
  type Message,
  startDiscord,
} from '../../sandbox/discord/start-discord.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import { needConformance, prepareConformance } from './conformance/need-conformance.ts';
import { openTownStore, type TownStore } from './town-store.ts';

const MANAGE_GUILD = 1n << 5n;

/** Both stand-ins, a guild with people in it, and the real bot between them. All of it ends with the test. */
export interface Town {
  readonly discord: DiscordStandIn;
  readonly vendor: CardPlusPayStandIn;
  readonly guildId: string;
  readonly channelId: string;
  /** The channel of the admins, which Alice, Ada and Bob read. */
  readonly adminsId: string;
  /** Has Manage Server. */
  readonly alice: TeamMember;
  /** Has Manage Server. */
  readonly ada: TeamMember;
  /** A member without it. */
  readonly bob: TeamMember;
  readonly bot: BotProcess;
  readonly environment: Record<string, string>;
  /** Starts another bot on the same store, without waiting until it is ready. */
  launch(more?: Record<string, string>): BotProcess;
  /** Starts the bot again on the same store, after the one before has ended. */
  restart(more?: Record<string, string>): Promise<BotProcess>;
  /** Starts another bot on the same store beside those that run, until it stands by. */
  standBy(): Promise<BotProcess>;
  readonly store: TownStore;
  /** All that is stored, and all that every bot process has written. */
  traces(): Promise<string>;
}

export interface Person {
  readonly id: string;
  /** In the guild's channel. */
  readonly here: Actor;
  /** In their direct messages with the bot. */
  readonly inDms: Actor;
  dms(): Message[];
}

/** Who also reads the channel of the admins. */
export interface TeamMember extends Person {
  readonly inAdmins: Actor;
}

export interface TownOptions {
  readonly vendor?: CardPlusPayOptions;
  readonly environment?: Record<string, string>;
  /** Instead of the one that the project's tests have. */
  readonly store?: TownStore;
  /** For all of it, the bot and both stand-ins, it is so much later than it is; less than 0: earlier. */
  readonly aheadMinutes?: number;
  /** Whether Discord's limits are off; default: they are real. */
  readonly limits?: LimitsMode;
  /** How long Discord's answers take besides; default: no time. */
  readonly latency?: Latency;
  /** The town goes on where another one stopped. */
  readonly past?: TownPast;
}

/** What Discord knows of a town that was, and who is who in it. */
export interface TownPast {
  readonly world: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly adminsChannel: string;
  /** Ids by name. */
  readonly people: Readonly<Record<string, string>>;
}

/** What a message says in small letters below its title: the reference of an order or a campaign. */
export const referenceOf = ({ text }: Pick<Message, 'text'>): string => /^-# ([0-9A-Z]{6})$/m.exec(text)?.[1] ?? '';

/** `onFinished`: a test that runs beside others of its file gives its own. */
export async function startTown(
  options: TownOptions = {},
  onFinished: TestContext['onTestFinished'] = onTestFinished,
): Promise<Town> {
  prepareConformance();
  const { past, aheadMinutes = 0 } = options;
  const now = () => Date.now() + aheadMinutes * 60_000;
  const store = options.store ?? (await openTownStore());
  const vendor = await startCardPlusPay({ now, ...options.vendor });
  const discord = await startDiscord({
    ...(past && { past: past.world }),
    ...(options.limits && { limits: options.limits }),
    ...(options.latency && { latency: options.latency }),
  });
  discord.advance(aheadMinutes * 60_000);
  const place = past ?? newGuild(discord);
  const { guildId, channelId } = place;
  const idOf = (name: string, permissions?: bigint) =>
    past?.people[name] ?? discord.addMember(guildId, { name, ...(permissions && { permissions }) }).id;
  const ids = { alice: idOf('alice', MANAGE_GUILD), ada: idOf('ada', MANAGE_GUILD), bob: idOf('bob') };
  const seenBy = Object.values(ids);
  const adminsId = past?.adminsChannel ?? discord.addChannel(guildId, 'cardigan-admins', { seenBy }).id;
  const person = (id: string) => personIn(discord, { ...place, adminsId }, id);
  const people = { alice: person(ids.alice), ada: person(ids.ada), bob: person(ids.bob) };
  const environment = {
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: guildId,
    DISCORD_API_URL: discord.url,
    CARDPLUSPAY_API_KEY: vendor.apiKey,
    CARDPLUSPAY_BASE_URL: vendor.url,
    ...store.environment,
    PURCHASE_TIMEOUT_S: '10',
    ...(aheadMinutes !== 0 && later(aheadMinutes)),
    ...options.environment,
  };
  const bots: BotProcess[] = [];
  const launch = (more: Record<string, string> = {}): BotProcess => {
    const bot = startBot({ ...environment, ...more });
    bots.push(bot);
    return bot;
  };
  const run = async (more?: Record<string, string>): Promise<BotProcess> => {
    const bot = launch(more);
    await bot.ready();
    return bot;
  };
  onFinished(async () => {
    await Promise.all(bots.map((bot) => bot.stop('SIGKILL')));
    await Promise.all([discord.close(), vendor.close()]);
    await store.dispose();
    needConformance(discord);
  });

  return {
    ...{ discord, vendor, environment, store, guildId, channelId, adminsId, ...people },
    bot: await run(),
    launch,
    restart: run,
    async standBy() {
      const bot = launch();
      await bot.wrote('standing by');
      return bot;
    },
    traces: async () => [await store.contents(), ...bots.map((bot) => bot.output())].join('\n'),
  };
}

function newGuild(discord: DiscordStandIn): Pick<Town, 'guildId' | 'channelId'> {
  const { id, general } = discord.addGuild({ name: 'Quiz club' });
  return { guildId: id, channelId: general.id };
}

/** Somebody who is in the guild already. */
export function personIn(
  discord: DiscordStandIn,
  { guildId, channelId, adminsId }: Pick<Town, 'guildId' | 'channelId' | 'adminsId'>,
  id: string,
): TeamMember {
  return {
    id,
    here: discord.as(id, { guildId, channelId }),
    inAdmins: discord.as(id, { guildId, channelId: adminsId }),
    inDms: discord.as(id, { dm: true }),
    dms: () => discord.dmsOf(id),
  };
}

/** Runs /buy and waits for the quote. */
export async function quote(person: Person, item: string, quantity = 1, reason?: string): Promise<Message> {
  const exchange = await person.here.run('buy', { item, quantity, ...(reason && { reason }) });
  return exchange.settled();
}

/** Presses Confirm on a quote and waits until nothing is on its way any more. */
export async function confirm(person: Person, quoted: Message): Promise<Message> {
  return finished(await pressConfirm(person, quoted));
}

export function pressConfirm(person: Person, quoted: Message): Promise<Exchange> {
  const button = quoted.buttons.find(({ label }) => label?.startsWith('Confirm'));
  if (!button) throw new Error(`no Confirm in:\n${quoted.text}`);
  return person.here.press(quoted, button.customId ?? '');
}

/** The answer once it is neither the quote nor a progress message. */
export function finished(exchange: Exchange): Promise<Message> {
  return exchange.until(({ text }) => !isProgress(text), 30_000);
}

/** That it is bought is said before its codes are sent, without the money that its receipt names. */
const isProgress = (text: string): boolean =>
  /^(\*\*)?(Buy |Send |Checking|Buying|Waiting to buy)/.test(text) ||
  text.includes('being sent') ||
  (text.includes('on their way by direct message') && !/Charged|nothing new was charged/.test(text));

/** What the person sees when they press the button whose label begins so, once it has settled. */
export async function press(actor: Actor, message: Message, label: string): Promise<Message> {
  const button = message.buttons.find((each) => each.label?.startsWith(label));
  if (!button?.customId) throw new Error(`no button "${label}" on:\n${message.text}`);
  const exchange = await actor.press(message, button.customId);
  return exchange.settled();
}

/** Chooses the first option of a message's menu whose label holds `part`. */
export async function choose(actor: Actor, message: Message, part: string): Promise<Message> {
  const menu = message.menus[0];
  const option = menu?.options.find(({ label }) => label.includes(part));
  if (!menu?.customId || !option) throw new Error(`no choice "${part}" on:\n${message.text}`);
  return (await actor.choose(message, menu.customId, [option.value])).settled();
}

/** Polls until `holds` gives something, for things that happen on their own. */
export async function eventually<T>(holds: () => T | undefined | false, describe: () => string): Promise<T> {
  const end = Date.now() + 50_000;
  for (;;) {
    const value = holds();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`it never happened: ${describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Makes a bot process believe that it is later, as after a long pause. */
export function later(minutes: number): Record<string, string> {
  const shift = `const now=Date.now;Date.now=()=>now()+${minutes * 60_000}`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` };
}

/** How many purchases the bot has asked CardPlusPay for. */
export function purchases(town: Town): number {
  return town.vendor.requests.filter(({ method, path }) => method === 'POST' && path === '/orders').length;
}

/** What the person is told in a message of its own, beside the one they pressed a button of: at once, or afterwards. */
export async function toldAside(exchange: Exchange): Promise<string> {
  const atOnce = () => (exchange.acknowledged === 'message' ? exchange.message() : undefined);
  const told = () => (exchange.followUps().at(-1) ?? atOnce())?.text;
  return eventually(told, () => `a message beside:\n${exchange.message()?.text}`);
}

/** The address of direct messages alone: what the admins are told meanwhile is told in their channel. */
export const dmsOnly = ({ adminsId }: Pick<Town, 'adminsId'>): RegExp =>
  new RegExp(`^/channels/(?!${adminsId}/)\\d+/messages$`);
