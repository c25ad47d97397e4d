import { setTimeout as sleep } from 'node:timers/promises';
import { type CardPlusPayOptions, startCardPlusPay } from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import type { OptionValues } from '../../sandbox/discord/driver/command-options.ts';
import { type Actor, type DiscordOptions, startDiscord } from '../../sandbox/discord/start-discord.ts';
import { settle } from './people.ts';
import { type Came, cameOf, followUses, type Use } from './use.ts';

/** Discord takes them as they come: the stand-in breathes after so many. */
const AT_A_TIME = 25;
/** As many quotes at a time as are answered well within Discord's three seconds. */
const QUOTES_AT_A_TIME = 20;

export interface TownOptions {
  readonly vendor?: CardPlusPayOptions;
  /** Without latency, and without Discord's limits, when left out. */
  readonly discord?: Pick<DiscordOptions, 'limits' | 'latency'>;
  /** How many servers, on as many shards; 1 when left out. */
  readonly servers?: number;
}

/** Waits until it holds, or so long: what is missing then is for the figures to say. */
async function until(holds: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds() && performance.now() < end) await sleep(5);
}

async function inTurn<T>(all: readonly T[], begin: (one: T, at: number) => Use): Promise<Use[]> {
  const uses: Use[] = [];
  for (const [at, one] of all.entries()) {
    uses.push(begin(one, at));
    if (at % AT_A_TIME === AT_A_TIME - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return uses;
}

const hasButtons = ({ answer }: Use) => (answer?.buttons.length ?? 0) > 0;
const isAnswered = ({ answered }: Use) => answered !== undefined;
/** Discord takes no acknowledgement after three seconds: nothing comes of such a press any more. */
const isLost = ({ acknowledged, at }: Use) => acknowledged === undefined && performance.now() - at > 4_000;
const isOver = (use: Use) => isAnswered(use) || isLost(use);
/** Nobody waits longer for codes, and no other press for its turn. */
const CODES_WITHIN_MS = 60_000;
const isWaiting = (use: Use) => use.sent === undefined && !isLost(use) && performance.now() - use.at < CODES_WITHIN_MS;

/** The button whose label begins so. */
function buttonOf({ answer }: Use, label: string): string {
  const found = answer?.buttons.find((each) => each.label?.startsWith(label));
  if (!found?.customId) throw new Error(`no ${label} on: ${answer?.text}`);
  return found.customId;
}

/** Ids and tokens left out. */
const kindOfPath = (path: string): string =>
  path
    .split('/')
    .map((part) => (/^\d{3,}$/.test(part) || part.length > 30 ? ':' : part))
    .join('/');

function countKinds(requests: readonly { method: string; path: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path } of requests) {
    const kind = `${method} ${kindOfPath(path)}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Both stand-ins, and the people who use the bot: what the bench asks of them, by name. */
export async function openTown({ vendor: vendorOptions, discord: discordOptions, servers = 1 }: TownOptions = {}) {
  const vendor = await startCardPlusPay({ balance: '900000000.00', ...vendorOptions });
  // A thousand buyers who have never had a direct message are more than Discord would let one bot write to.
  const discord = await startDiscord({ limits: 'off', ...discordOptions });
  const people = settle(discord, servers);
  const uses = followUses(discord);
  const items = vendor.products().filter(({ stock }) => stock === null);
  const itemAt = (at: number): string => items[at % items.length]?.itemCode ?? '';
  const seen = { discord: 0, vendor: 0 };
  /** How many people have bought something: the next to buy has never had a direct message. */
  let buyers = 0;
  let quotes: Use[] = [];

  const run = (actor: Actor, command: string, values: OptionValues = {}, focused?: string): Use =>
    uses.follow(actor, () => actor.send.run(command, values, focused));
  const press = (use: Use, label: string): Use => {
    const { actor, answer } = use;
    const customId = buttonOf(use, label);
    if (!answer) throw new Error('there is nothing to press a button on');
    return uses.follow(actor, () => actor.send.press(answer, customId));
  };
  const first = (): Actor => people.some(1)[0] as Actor;

  return {
    environment: () => ({
      DISCORD_TOKEN: discord.token,
      DISCORD_GUILD_IDS: people.guildIds,
      DISCORD_API_URL: discord.url,
      CARDPLUSPAY_API_KEY: vendor.apiKey,
      CARDPLUSPAY_BASE_URL: vendor.url,
    }),

    /** So many run a command in the same moment, each of them somebody else. */
    async runAtOnce(command: string, count: number, withinMs: number): Promise<Came[]> {
      const all = people.some(count);
      uses.forget();
      const began = await inTurn(all, (actor) => run(actor, command));
      await until(() => began.every(isOver), withinMs);
      return began.map(cameOf);
    },

    /** The first of them runs it, and says what they read. */
    async runOnce(command: string, values: OptionValues = {}): Promise<Came & { text: string }> {
      uses.forget();
      const use = run(first(), command, values);
      await until(() => isOver(use), 30_000);
      return { ...cameOf(use), text: use.answer?.text ?? '' };
    },

    /** Somebody types each of the texts, one after the other. */
    async complete(texts: readonly string[]): Promise<Came[]> {
      uses.forget();
      const came: Came[] = [];
      for (const item of texts) {
        const use = run(first(), 'buy', { item }, 'item');
        await until(() => isAnswered(use), 5_000);
        came.push(cameOf(use));
      }
      return came;
    },

    /** As many quotes as that, each of somebody who has bought nothing yet, over so many products. */
    async quote(count: number, over: number): Promise<void> {
      const all = people.some(count, buyers);
      buyers += count;
      uses.forget();
      quotes = [];
      while (quotes.length < count) {
        const next = all.slice(quotes.length, quotes.length + QUOTES_AT_A_TIME);
        const from = quotes.length;
        const asked = await inTurn(next, (actor, at) =>
          run(actor, 'buy', { item: itemAt((from + at) % over), quantity: 1 }),
        );
        await until(() => asked.every(hasButtons), 60_000);
        const failed = asked.find((use) => !hasButtons(use));
        if (failed) throw new Error(`no quote, but: ${failed.answer?.text ?? failed.interaction.acknowledged}`);
        quotes.push(...asked);
      }
    },

    /**
     * Presses Confirm on all quotes, at most so many of which wait for their codes at a time, with a pause after each: when
     * each direct message came, since its press, and how long all took.
     */
    async confirm(inFlight: number, withinMs: number, pauseMs = 0) {
      const before = vendor.orders().length;
      uses.forget();
      const pressed: Use[] = [];
      const start = performance.now();
      for (const quoted of quotes) {
        if (performance.now() - start > withinMs) break;
        await until(() => pressed.filter(isWaiting).length < inFlight, withinMs);
        if (pauseMs > 0) await sleep(pauseMs);
        pressed.push(press(quoted, 'Confirm'));
      }
      await until(() => !pressed.some(isWaiting), withinMs - (performance.now() - start));
      const tookMs = performance.now() - start;
      quotes = [];
      return { came: pressed.map(cameOf), tookMs, bought: vendor.orders().length - before };
    },

    /** So many members without Manage Server ask for an approval. */
    async ask(count: number): Promise<void> {
      for (let at = 0; at < count; at++) {
        const quoted = run(people.asker(at), 'buy', { item: itemAt(at) });
        await until(() => hasButtons(quoted), 10_000);
        const asked = press(quoted, 'Request approval');
        await until(() => isAnswered(asked), 10_000);
      }
    },

    /** From now on CardPlusPay takes between `least` and `most` milliseconds for each of the next `times` purchases. */
    slowDown(times: number, least: number, most: number): void {
      vendor.clearFaults();
      const delayMs = () => least + Math.random() * (most - least);
      for (let i = 0; i < times; i++) vendor.fault('slow', { delayMs: delayMs() });
      for (let i = 0; i < times * 10; i++) vendor.faultGet(/./, 'slow', { delayMs: delayMs() });
    },
    speedUp: () => vendor.clearFaults(),

    /** Requests since the last call of this, by what they were for. */
    requests() {
      const fresh = {
        discord: countKinds(discord.requests.slice(seen.discord)),
        cardPlusPay: countKinds(vendor.requests.slice(seen.vendor)),
      };
      [seen.discord, seen.vendor] = [discord.requests.length, vendor.requests.length];
      return fresh;
    },

    /** Resolves when somebody has asked for the last page of the catalog. */
    async catalogRead(): Promise<void> {
      const last = String(Math.ceil(vendor.products().length / 100));
      await until(() => vendor.requests.some(({ path, query }) => path === '/catalog' && query.page === last), 60_000);
    },
    /** Resolves once the last product is offered to whoever types it. */
    async catalogOffered(withinMs: number): Promise<void> {
      const item = items.at(-1)?.itemCode ?? '';
      const end = performance.now() + withinMs;
      for (let count = 0; count === 0; ) {
        if (performance.now() > end) throw new Error(`${item} is not offered`);
        await sleep(200);
        const use = run(first(), 'buy', { item }, 'item');
        await until(() => isAnswered(use), 5_000);
        count = use.interaction.choices.length;
      }
    },
    close: async () => {
      await Promise.all([discord.close(), vendor.close()]);
    },
  };
}

export type Calls = Awaited<ReturnType<typeof openTown>>;
