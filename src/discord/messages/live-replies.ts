import { type Client, InteractionWebhook, MessageFlags } from 'discord.js';
import { z } from 'zod';
import { type Clock, createKeyed, type Log } from '../../lib/index.ts';
import type { View } from '../../views/index.ts';
import { attempt, calling } from '../errors.ts';
import { payload } from './message.ts';

/** A bit under the 15 minutes of an interaction's token, so that no edit is begun in its last seconds. */
export const LIVE_REPLIES_LAST_MS = 14.5 * 60_000;

/** Where an order is shown to its requester. Whoever has the token can write there in the bot's name. */
export const livePlaceSchema = z.object({
  token: z.string(),
  /** `@original`, or the id of a follow-up. */
  message: z.string(),
  until: z.number(),
});
export type LivePlace = z.infer<typeof livePlaceSchema>;

/** Values that are forgotten after a while. */
export interface ExpiringValues<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T): Promise<void>;
}

export type LiveReplies = ReturnType<typeof createLiveReplies>;

interface Deps {
  client: Client<true>;
  /** Kept sealed, and forgotten after LIVE_REPLIES_LAST_MS. */
  records: ExpiringValues<LivePlace>;
  clock: Clock;
  log: Log;
}

/** The messages in which requesters follow their orders, as long as Discord lets them be edited, by any process. */
export function createLiveReplies({ client, records, clock, log }: Deps) {
  const edits = createKeyed();
  /** The newest view that each order waits for. */
  const newest = new Map<string, View>();

  /** A place that cannot be opened, such as after the encryption key was changed, is none. */
  async function placeOf(order: string): Promise<LivePlace | undefined> {
    try {
      const place = await records.get(order);
      return place && clock.now() < place.until ? place : undefined;
    } catch (err) {
      log.warn({ order, err }, 'where an order is shown could not be read');
      return undefined;
    }
  }

  async function write<T>(
    order: string,
    work: (hook: InteractionWebhook, place: LivePlace) => Promise<T>,
  ): Promise<T | undefined> {
    const place = await placeOf(order);
    if (!place) return undefined;
    const hook = new InteractionWebhook(client, client.application.id, place.token);
    return attempt(
      () => calling(work(hook, place)),
      (err) => {
        log.warn({ order, err }, 'the message of an order could not be written');
        return undefined;
      },
    );
  }

  async function edit(order: string, view: View): Promise<boolean> {
    const edited = await write(order, (hook, { message }) =>
      hook.editMessage(message, { ...payload(view), attachments: [] }),
    );
    return edited !== undefined;
  }

  return {
    /** From now on the answer to this interaction shows the order. */
    follow(order: string, token: string): Promise<void> {
      const until = clock.now() + LIVE_REPLIES_LAST_MS;
      return records.set(order, { token, message: '@original', until });
    },
    /** Shows another order where the first one is, unless it is shown somewhere already. */
    async handOn(from: string, to: string): Promise<void> {
      const place = await placeOf(from);
      // Whoever has pressed a button of the other one meanwhile follows it in that message.
      if (place && !(await placeOf(to))) await records.set(to, place);
    },
    /**
     * Puts the view in place of what the order's message shows; false when that cannot be done. Calls for one order keep
     * their order. `passing`: it is left out once something newer waits.
     */
    edit(order: string, view: View, { passing } = { passing: false }): Promise<boolean> {
      newest.set(order, view);
      const run = async () => {
        await undefined; // what is shown in the same breath is newer already
        const isPast = passing && newest.get(order) !== view;
        return isPast || edit(order, view);
      };
      return edits.serialise(order, run).finally(() => {
        if (newest.get(order) === view) newest.delete(order);
      });
    },
    /** Adds a message beside it that only the requester sees, and goes on there; false when that cannot be done. */
    async add(order: string, view: View): Promise<boolean> {
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
