import type { Client } from 'discord.js';
import type { z } from 'zod';
import type { Brands } from '../brands/index.ts';
import { type Words, wordsFor } from '../i18n/index.ts';
import type { Clock, Log } from '../lib/index.ts';
import { type Metrics, noMetrics } from '../monitoring/index.ts';
import type { Health } from './gateway/health.ts';
import { createMemberRequests, type MemberRequests } from './gateway/request-members.ts';
import { createWebhooks, type Webhooks } from './gateway/webhooks.ts';
import { createReadFile, type ReadFile } from './interactions/attachments.ts';
import { type ChannelMessages, createChannelMessages } from './messages/channel-messages.ts';
import { type CommandMentions, createCommandMentions } from './messages/command-mentions.ts';
import { createDirectMessages, type DirectMessages } from './messages/direct-messages.ts';
import {
  createLiveReplies,
  type ExpiringValues,
  LIVE_REPLIES_LAST_MS,
  type LiveReplies,
  livePlaceSchema,
} from './messages/live-replies.ts';
import { createRateLimit, type RateLimit } from './messages/rate-limit.ts';
import { createPressers, type Pressers } from './pressers.ts';

/** What every step of this module may use. */
export interface DiscordContext
  extends Pick<
    DiscordDeps,
    'client' | 'guilds' | 'adminsChannelOf' | 'approversOf' | 'brands' | 'health' | 'clock' | 'log'
  > {
  readonly metrics: Metrics;
  readonly directMessages: DirectMessages;
  readonly channelMessages: ChannelMessages;
  readonly liveReplies: LiveReplies;
  /** Answers to interactions, by their tokens. */
  readonly webhooks: Webhooks;
  /** Of the direct messages of campaigns. */
  readonly rateLimit: RateLimit;
  readonly commandMentions: CommandMentions;
  readonly readFile: ReadFile;
  readonly pressers: Pressers;
  readonly memberRequests: MemberRequests;
  /** The guild whose managers decide about what concerns the whole account. */
  readonly ownerGuild: string;
  /** The bot was given the Server Members intent. */
  readonly canListMembers: boolean;
  wordsFor(locale: string): Words;
  newIncidentId(): string;
}

interface DiscordLog extends Log {
  debug(facts: object, message: string): void;
}

type OpenExpiring = <T>(namespace: string, schema: z.ZodType<T>, ttlMs: number) => ExpiringValues<T>;

export interface DiscordDeps {
  /** Connected. */
  readonly client: Client<true>;
  store: { readonly expiring: OpenExpiring; readonly sealedExpiring: OpenExpiring };
  apiUrl: string;
  /** Those that may use the bot; the first one is the owner guild. */
  readonly guilds: readonly string[];
  membersIntent: boolean;
  /** Direct messages with cards of campaigns; 0: there are none. */
  dmsPerMinute: number;
  /** The channel that a guild has set for its admins. */
  adminsChannelOf(guild: string): Promise<string | undefined>;
  /** The roles that approve in a guild, by its policy; none where whoever has Manage Server does. */
  approversOf(guild: string): Promise<readonly string[]>;
  random(bytes: number): Buffer;
  readonly brands: Brands;
  /** The one that the client was made with. */
  readonly health: Health;
  readonly metrics?: Metrics;
  readonly clock: Clock;
  readonly log: DiscordLog;
}

export function createDiscordContext(deps: DiscordDeps): DiscordContext {
  const {
    client,
    store,
    apiUrl,
    guilds,
    adminsChannelOf,
    approversOf,
    random,
    brands,
    health,
    metrics = noMetrics,
    clock,
    log,
  } = deps;
  const [ownerGuild = ''] = guilds; // never empty: the configuration is read so
  // Whoever has the token of a live reply can write there in the bot's name: it is kept sealed.
  const records = store.sealedExpiring('receipts', livePlaceSchema, LIVE_REPLIES_LAST_MS);
  const { pictureOf } = brands;
  const commandMentions = createCommandMentions(guilds);
  const webhooks = createWebhooks({ client, apiUrl, health, commandMentions, pictureOf });
  return {
    client,
    directMessages: createDirectMessages({ client, commandMentions, pictureOf, metrics }),
    channelMessages: createChannelMessages(client, commandMentions, pictureOf),
    liveReplies: createLiveReplies({ webhooks, records, clock, log }),
    webhooks,
    rateLimit: createRateLimit({ perMinute: deps.dmsPerMinute, clock }),
    readFile: createReadFile({ apiUrl, log }),
    commandMentions,
    pressers: createPressers(clock),
    memberRequests: createMemberRequests({ client, clock, log }),
    guilds,
    ownerGuild,
    canListMembers: deps.membersIntent,
    adminsChannelOf,
    brands,
    approversOf,
    wordsFor,
    newIncidentId: () => random(4).toString('hex'),
    health,
    metrics,
    clock,
    log,
  };
}
