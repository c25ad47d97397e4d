import type { Client } from 'discord.js';
import type { Words } from '../../i18n/index.ts';
import type { Clock, Log } from '../../lib/index.ts';
import type { Mailbox } from '../../orders/index.ts';
import type { Poster } from '../messages/channel-messages.ts';
import type { DirectMessages } from '../messages/direct-messages.ts';
import { createReceipts, type Place, type Receipts } from '../messages/live-replies.ts';
import { createPacing, createWithholding } from '../messages/rate-limit.ts';
import { createMailbox } from './codes.ts';
import {
  createAnnouncing,
  createAskingChannel,
  createCaseWord,
  createOrderWord,
} from './people.ts';

interface Parts {
  client: Client<true>;
  poster: Poster;
  directMessages: DirectMessages;
  /** Where orders are shown: kept sealed, and forgotten after RECEIPTS_LAST_MS. */
  records: {
    get(order: string): Promise<Place | undefined>;
    set(order: string, place: Place): Promise<void>;
  };
  /** Direct messages with cards of campaigns. */
  dmsPerMinute: number;
  wordsFor(locale: string): Words;
  clock: Clock;
  log: Log;
}

/** All ways by which codes and word of orders reach people. */
export interface Mail {
  readonly mailbox: Mailbox;
  readonly receipts: Receipts;
  /** What waits for its turn is not sent any more. */
  stop(): void;
}

export function createMail({ client, records, dmsPerMinute, clock, ...parts }: Parts): Mail {
  const { poster, directMessages, wordsFor, log } = parts;
  const { now } = clock;
  const receipts = createReceipts({ client, records, now, log });
  const pacing = createPacing({ perMinute: dmsPerMinute, clock });
  const withholding = createWithholding({ now, log });
  const mailbox = {
    ...createMailbox({ directMessages, pacing, withholding, wordsFor, log }),
    ...createCaseWord({ directMessages, wordsFor, log }),
    ...createOrderWord({
      ...{ receipts, directMessages, wordsFor, now, log },
      askingChannel: createAskingChannel({ poster, wordsFor, log }),
    }),
    ...createAnnouncing({ poster, wordsFor, log }),
  };
  return { mailbox, receipts, stop: pacing.stop };
}
