import { z } from 'zod';
import type { CardPlusPayStandIn } from '../../cardpluspay/start-cardpluspay.ts';
import type { DiscordStandIn } from '../../discord/start-discord.ts';
import type { Answer, Faults, FaultsView } from '../contract.ts';
import { done, type Posts, post } from '../post.ts';
import { Refusal } from '../refusal.ts';
import type { Bot } from './bot.ts';

interface Parts {
  discord: DiscordStandIn;
  vendor: CardPlusPayStandIn;
  bot: Bot;
  /** Called after a switch was set. */
  changed(): void;
  startOver(): void;
}

/** Booked and charged at once; then the connection breaks. */
const LOSES = 'reset-after-commit';
const SLOWS = 'slow';
const SLOW_MS = 8_000;

const onOff = z.strictObject({ on: z.boolean() });
const shapes: { [Switch in keyof Faults]: z.ZodType<Faults[Switch]> } = {
  'lose-next-answer': onOff,
  'slow-next-answer': onOff,
  'close-dms': z.strictObject({ member: z.string(), closed: z.boolean() }),
  price: z.strictObject({ item: z.string(), to: z.string() }),
};

export const faultsOf = (vendor: CardPlusPayStandIn, closedDms: string[]): FaultsView => ({
  losesNextAnswer: vendor.faultsWaiting().includes(LOSES),
  slowsNextAnswer: vendor.faultsWaiting().includes(SLOWS),
  closedDms,
});

/** What can be made to go wrong, and the bot's process. */
export function createSwitches({ discord, vendor, bot, changed, startOver }: Parts): Posts {
  const forNextPurchase =
    (kind: typeof LOSES | typeof SLOWS) =>
    ({ on }: { on: boolean }): Answer => {
      vendor.liftFault(LOSES);
      vendor.liftFault(SLOWS);
      if (on) vendor.fault(kind, { delayMs: SLOW_MS });
      return done;
    };

  function closeDms({ member, closed }: Faults['close-dms']): Answer {
    const user = discord.user(member);
    if (!user || user.bot) throw new Refusal(404, 'Nobody here is that.');
    discord.closeDms(member, closed);
    return done;
  }

  function price({ item, to }: Faults['price']): Answer {
    if (!/^\d{1,6}(\.\d{1,2})?$/.test(to) || Number(to) === 0) return { error: 'A price is an amount such as 6.20.' };
    if (!vendor.products().some(({ itemCode }) => itemCode === item)) return { error: 'There is no such item.' };
    vendor.setPrice(item, to);
    return done;
  }

  const told =
    <T>(act: (body: T) => Answer) =>
    (body: T): Answer => {
      const answer = act(body);
      changed();
      return answer;
    };
  const tellBot = (act: () => void) =>
    post(z.strictObject({}), () => {
      act();
      return done;
    });

  return {
    '/fault/lose-next-answer': post(shapes['lose-next-answer'], told(forNextPurchase(LOSES))),
    '/fault/slow-next-answer': post(shapes['slow-next-answer'], told(forNextPurchase(SLOWS))),
    '/fault/close-dms': post(shapes['close-dms'], told(closeDms)),
    '/fault/price': post(shapes.price, told(price)),
    '/bot/start': tellBot(bot.start),
    '/bot/stop': tellBot(bot.stop),
    '/bot/restart': tellBot(bot.restart),
    '/bot/kill': tellBot(bot.kill),
    // Once this is answered: what answers it goes, too.
    '/demo/start-over': tellBot(() => void setImmediate(startOver)),
  };
}
