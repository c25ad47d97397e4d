import { type Client, InteractionWebhook, MessageFlags } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../lib/index.ts';
import type { View } from '../../views/index.ts';
import { calling, DiscordFailure } from '../errors.ts';
import { payload } from './payload.ts';

/** A bit under the 15 minutes of an interaction's token, so that no edit is begun in its last seconds. */
export const RECEIPTS_LAST_MS = 14.5 * 60_000;

/** Where an order is shown to its requester. Whoever has the token can write there in the bot's name. */
export const placeSchema = z.object({
  token: z.string(),
  /** `@original`, or the id of a follow-up. */
  message: z.string(),
  until: z.number(),
});
export type Place = z.infer<typeof placeSchema>;

/** The messages in which requesters follow their orders, as long as Discord lets them be edited, by any process. */
export interface Receipts {
  /** From now on the answer to this interaction shows the order. */
  follow(order: string, token: string): Promise<void>;
  /** Shows another order where the first one is, unless it is shown somewhere already. */
  handOn(from: string, to: string): Promise<void>;
  /**
   * Puts the view in place of what the order's message shows; false when that cannot be done. Calls for one order keep
   * their order. `passing`: it is left out once something newer waits.
   */
  edit(order: string, view: View, options?: { passing: boolean }): Promise<boolean>;
  /** Adds a message beside it that only the requester sees, and goes on there; false when that cannot be done. */
  add(order: string, view: View): Promise<boolean>;
}

interface Parts {
  client: Client<true>;
  /** Kept sealed, and forgotten after RECEIPTS_LAST_MS. */
  records: {
    get(order: string): Promise<Place | undefined>;
    set(order: string, place: Place): Promise<void>;
  };
  now(): number;
  log: Log;
}

export function createReceipts({ client, records, now, log }: Parts): Receipts {
  const queues = new Map<string, { last: Promise<unknown>; newest: number }>();

  /** A place that cannot be opened, such as after the encryption key was changed, is none. */
  async function placeOf(order: string): Promise<Place | undefined> {
    try {
      const place = await records.get(order);
      return place && now() < place.until ? place : undefined;
    } catch (err) {
      log.warn({ order, err }, 'where an order is shown could not be read');
      return undefined;
    }
  }

  async function write<T>(
    order: string,
    work: (hook: InteractionWebhook, place: Place) => Promise<T>,
  ): Promise<T | undefined> {
    const place = await placeOf(order);
    if (!place) return undefined;
    try {
      return await calling(
        work(new InteractionWebhook(client, client.application.id, place.token), place),
      );
    } catch (err) {
      if (!(err instanceof DiscordFailure)) throw err;
      log.warn({ order, err }, 'the message of an order could not be written');
      return undefined;
    }
  }

  async function edit(order: string, view: View): Promise<boolean> {
    const edited = await write(order, (hook, { message }) =>
      hook.editMessage(message, { ...payload(view), attachments: [] }),
    );
    return edited !== undefined;
  }

  return {
    follow: (order, token) =>
      records.set(order, { token, message: '@original', until: now() + RECEIPTS_LAST_MS }),
    async handOn(from, to) {
      const place = await placeOf(from);
      // Whoever has pressed a button of the other one meanwhile follows it in that message.
      if (place && !(await placeOf(to))) await records.set(to, place);
    },
    edit(order, view, { passing } = { passing: false }) {
      const { last, newest } = queues.get(order) ?? { last: Promise.resolve(), newest: 0 };
      const queue = { last, newest: newest + 1 };
      const isPast = () => passing && (queues.get(order)?.newest ?? 0) > queue.newest;
      const run = async () => (isPast() ? true : edit(order, view));
      const edited = last.then(run, run).finally(() => {
        if (queues.get(order) === queue) queues.delete(order);
      });
      queue.last = edited;
      queues.set(order, queue);
      return edited;
    },
    async add(order, view) {
      const { flags, ...rest } = payload(view);
      const added = await write(order, async (hook, place) => {
        const { id } = await hook.send({ ...rest, flags: flags | MessageFlags.Ephemeral });
        return { ...place, message: id };
      });
      if (added) await records.set(order, added);
      return added !== undefined;
    },
  };
}
