import { randomUUID } from 'node:crypto';
import type { CardPlusPayStandIn, OrderInBooks } from '../../cardpluspay/start-cardpluspay.ts';
import type { DiscordStandIn } from '../../discord/start-discord.ts';
import type { Cast } from '../cast.ts';
import type { OrderView, Truth } from '../contract.ts';
import type { Panel } from '../start-page.ts';
import type { Bot } from './bot.ts';
import { createCalls } from './calls.ts';
import { createRedaction } from './redaction.ts';
import { createSwitches, faultsOf } from './switches.ts';

interface Parts {
  discord: DiscordStandIn;
  vendor: CardPlusPayStandIn;
  cast: Cast;
  bot: Bot;
  /** Ends all of it, and begins anew. */
  startOver?(): void;
}

const orderView = (order: OrderInBooks): OrderView => ({
  number: order.orderNo,
  item: order.itemCode,
  quantity: order.quantity,
  amount: order.amount,
  status: order.status,
  at: Date.parse(order.createdAt),
  codes: order.codes.map(({ code, metadata }) => {
    const extras = metadata.flatMap(Object.entries).map(([name, value]) => `${name} ${value}`);
    return [code, ...extras].join(', ');
  }),
});

/** What really is: CardPlusPay's books, all calls, the bot's process, and the switches. */
export function createPanel({ discord, vendor, cast, bot, startOver = () => {} }: Parts): Panel {
  const redaction = createRedaction(vendor.issuedCodes);
  const calls = createCalls({ discord, vendor, redaction });
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const demo = randomUUID();
  const truth = (): Truth => {
    const closed = cast.filter(({ id }) => discord.user(id)?.dmsClosed).map(({ id }) => id);
    const { lines, ...process } = bot.view();
    return {
      now: Date.now(),
      demo,
      account: { balance: vendor.balance(), currency: vendor.currency },
      products: vendor.products().map(({ itemCode, ...rest }) => ({ item: itemCode, ...rest })),
      orders: vendor.orders().map(orderView).reverse(),
      calls: calls(),
      bot: {
        ...process,
        lines: lines.map((line) => ({ ...line, text: redaction.text(line.text) })),
      },
      faults: faultsOf(vendor, closed),
    };
  };

  return {
    truth,
    posts: createSwitches({ discord, vendor, bot, changed, startOver }),
    on: (listener) => {
      listeners.add(listener);
      const stops = (['change', 'request', 'answer'] as const).map((event) => vendor.on(event, listener));
      stops.push(bot.on(listener));
      return () => {
        listeners.delete(listener);
        for (const stop of stops) stop();
      };
    },
  };
}
