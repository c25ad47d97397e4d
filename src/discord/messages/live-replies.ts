import { z } from 'zod';
import { type Clock, createKeyed, type Log } from '../../lib/index.ts';
import type { View } from '../../views/index.ts';
import { attempt } from '../errors.ts';
import type { Webhooks } from '../gateway/webhooks.ts';

/** A bit under the 15 minutes of an interaction's token, so that no edit is begun in its last seconds. */
export const LIVE_REPLIES_LAST_MS = 14.5 * 60_000;

/** What is under way is shown where it takes longer: each edit is a request to Discord, and most purchases take less. */
const PASSING_AFTER_MS = 1_000;

/** So long after a press this process need not ask the store where it was: another one may take the next press. */
const REMEMBERED_MS = 60_000;

/** Where an order is shown to its requester. Whoever has the token can write there in the bot's name. */
export const livePlaceSchema = z.object({
  token: z.string(),
  /** `@original`, or the id of a follow-up. */
  message: z.string(),
  until: z.number(),
  /** Where they pressed; none in a direct message. */
  guild: z.string().optional(),
});
export type LivePlace = z.infer<typeof livePlaceSchema>;

/** Values that are forgotten after a while. */
export interface ExpiringValues<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T): Promise<void>;
}

export type LiveReplies = ReturnType<typeof createLiveReplies>;

interface Following {
  readonly offer?: boolean;
  readonly guild?: string | undefined;
}

interface Deps {
  webhooks: Webhooks;
  /** Kept sealed, and forgotten after LIVE_REPLIES_LAST_MS. */
  records: ExpiringValues<LivePlace>;
  clock: Clock;
  log: Log;
}

/** The messages in which requesters follow their orders, as long as Discord lets them be edited, by any process. */
export function createLiveReplies({ webhooks, records, clock, log }: Deps) {
  const edits = createKeyed();
  /** What is under way for each order, until it is shown or something else is. */
  const passing = new Map<string, { view: View; readonly over: AbortController }>();
  /** Presses of this process, and offers, of which nothing is lost with it: their buttons say how they stand. */
  const [pressed, offered] = [new Map<string, LivePlace>(), new Map<string, LivePlace>()];

  /** A place that cannot be opened, such as after the encryption key was changed, is none. */
  async function placeOf(order: string): Promise<LivePlace | undefined> {
    const now = clock.now();
    const known = pressed.get(order);
    if (known && now < known.until - LIVE_REPLIES_LAST_MS + REMEMBERED_MS) return known;
    try {
      const place = (await records.get(order)) ?? offered.get(order);
      return place && now < place.until ? place : undefined;
    } catch (err) {
      log.warn({ order, err }, 'where an order is shown could not be read');
      return undefined;
    }
  }

  async function write<T>(order: string, work: (place: LivePlace) => Promise<T>): Promise<T | undefined> {
    const place = await placeOf(order);
    if (!place) return undefined;
    return attempt(
      () => work(place),
      (err) => {
        log.warn({ order, err }, 'the message of an order could not be written');
        return undefined;
      },
    );
  }

  async function edit(order: string, view: View): Promise<boolean> {
    const edited = await write(order, async ({ token, message, guild }) => {
      await webhooks.edit(token, message, view, guild);
      return true;
    });
    return edited !== undefined;
  }

  /** Shows what is under way by then, unless something else was shown meanwhile. */
  async function showSoon(order: string, view: View): Promise<boolean> {
    const before = passing.get(order);
    if (before) before.view = view;
    if (before) return true;
    const mine = { view, over: new AbortController() };
    passing.set(order, mine);
    await clock.sleep(PASSING_AFTER_MS, mine.over.signal).catch(() => undefined);
    if (passing.get(order) !== mine) return true;
    return edits.serialise(order, async () => {
      if (passing.get(order) !== mine) return true;
      passing.delete(order);
      return edit(order, mine.view);
    });
  }

  return {
    /**
     * From now on the answer to this interaction shows the order. `offer`: one that nobody has taken yet; a process that
     * dies leaves its message as it is.
     */
    async follow(order: string, token: string, { offer = false, guild }: Following = {}): Promise<void> {
      const now = clock.now();
      const until = now + LIVE_REPLIES_LAST_MS;
      const place = { token, message: '@original', until, ...(guild !== undefined && { guild }) };
      remember(offer ? offered : pressed, order, place, now);
      if (!offer) await records.set(order, place);
    },
    /** Shows another order where the first one is, unless it is shown somewhere already. */
    async handOn(from: string, to: string): Promise<void> {
      const place = await placeOf(from);
      // Whoever has pressed a button of the other one meanwhile follows it in that message.
      if (place && !(await placeOf(to))) await records.set(to, place);
    },
    /**
     * Puts the view in place of what the order's message shows; false when that cannot be done. Calls for one order keep
     * their order. `passing`: what is under way, which is shown a little later, if by then there is nothing newer.
     */
    edit(order: string, view: View, { passing: isPassing } = { passing: false }): Promise<boolean> {
      if (isPassing) return showSoon(order, view);
      passing.get(order)?.over.abort();
      passing.delete(order);
      return edits.serialise(order, () => edit(order, view));
    },
    /** Adds a message beside it that only the requester sees, and goes on there; false when that cannot be done. */
    async add(order: string, view: View): Promise<boolean> {
      const added = await write(order, async (place) => ({
        ...place,
        message: await webhooks.add(place.token, view, place.guild),
      }));
      pressed.delete(order);
      if (added) await records.set(order, added);
      return added !== undefined;
    },
  };
}

/** The oldest go first; where they were shown can be edited no more. */
function remember(places: Map<string, LivePlace>, order: string, place: LivePlace, now: number): void {
  places.delete(order);
  for (const [each, { until }] of places) {
    if (now < until) break;
    places.delete(each);
  }
  places.set(order, place);
}
