import { EventEmitter } from 'node:events';
import { type Clock, createClock } from './clock.ts';
import type { Interaction } from './interaction.ts';
import type { Attachment, StoredMessage } from './message.ts';
import type { Delay } from './rest/latency.ts';
import { createLimits, type Limits } from './rest/limits.ts';
import type { CommandBody } from './rules/command.ts';
import { createSessionStarts, type SessionStarts } from './session-starts.ts';
import { createSnowflakes } from './snowflake.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly bot: boolean;
  dmsClosed: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  /** Whether anybody may ping it; else only who may mention everyone. */
  readonly mentionable: boolean;
}

export interface Overwrite {
  id: string;
  /** 0: a role, 1: a member. */
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly guildId: string | undefined;
  /** Set for a direct-message channel. */
  readonly recipientId: string | undefined;
  readonly overwrites: Overwrite[];
  /** Absent: a text channel, a thread or direct messages. */
  readonly kind?: 'announcement' | 'forum';
  readonly thread?: Thread;
  /** Direct messages that the bot has asked for itself. */
  openedByBot?: boolean;
}

export interface Thread {
  readonly parentId: string;
  readonly ownerId: string;
  readonly createdAt: number;
  locked: boolean;
  archived: boolean;
}

export interface Member {
  readonly userId: string;
  readonly nick: string | undefined;
  roleIds: string[];
  /** The role that carries what was given to this member alone. */
  ownRole: string | undefined;
  readonly joinedAt: number;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The channel #general, which every guild has. */
  readonly general: Channel;
  /** Whether the bot is in it. */
  joined: boolean;
  /** Discord has an outage of it. */
  unavailable?: boolean;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
}

export type Command = CommandBody & {
  id: string;
  application_id: string;
  guild_id?: string;
  version: string;
};

export type Change =
  | { kind: 'message'; message: StoredMessage }
  | { kind: 'interaction'; interaction: Interaction }
  /** `connection`: a bot came or went; `request`: one arrived or was answered. */
  | { kind: 'commands' | 'guilds' | 'connection' | 'request' | 'time' | 'closed' };

/** What is said to a bot that is taken for a spammer. */
export type SpamRefusal = 'dmsTooFast' | 'flaggedAsSpam' | 'writeLimit';
export interface Spam {
  /** How many more are refused. */
  left: number;
  says: SpamRefusal;
  /** Whether messages are refused, or already the channels for them. */
  at: 'opening' | 'sending';
}

/** Everything that the stand-in knows. `changes` emits 'change' after each change of it, and what is changed: see `tellChange`. */
export interface World {
  readonly clock: Clock;
  /** `at`: when that was made which it is for, if not now. */
  readonly nextId: (at?: number) => string;
  readonly changes: EventEmitter<Record<string, [Change]>>;
  /** The one that is good; another one, once it was reset. */
  token: string;
  readonly bot: User;
  /** How many more of the bot's direct messages are taken for spam, where, and how that is said. */
  spam: Spam;
  readonly limits: Limits;
  readonly sessionStarts: SessionStarts;
  /** For each way of each request; without one, they take no time but their own. */
  delay: Delay | undefined;
  /** Whether the application was granted the Server Members intent in the portal. */
  membersIntent: boolean;
  /** How many ids each request for members by the gateway named, and how many of the next ones have no answer. */
  readonly memberRequests: number[];
  memberRequestsLost: number;
  /** Where interactions are sent instead of to the gateway, as set in the portal. */
  interactionsEndpoint: string | null;
  /** What else was set of the application in the portal, as Discord lists it. */
  application: Readonly<Record<string, unknown>>;
  /** How far the clock that answers are dated by is ahead of the one that all else goes by, in milliseconds. */
  dateSkewMs: number;
  /** Base address of the server, such as `http://127.0.0.1:4000`. */
  origin: string;
  closed: boolean;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, StoredMessage>;
  /** Files that came with commands. */
  readonly uploads: Map<string, Attachment>;
  /** By token. */
  readonly interactions: Map<string, Interaction>;
  /** By guild id, or 'global'. */
  readonly commands: Map<string, Command[]>;
  commandWrites: number;
  /** author and nonce → the message it made */
  readonly nonces: Map<string, StoredMessage>;
}

export const createWorld = (token: string, applicationId: string): World => {
  const clock = createClock();
  const interactions = new Map<string, Interaction>();
  const bot = { id: applicationId, name: 'Cardigan', locale: 'en-US', bot: true, dmsClosed: false };
  return {
    clock,
    nextId: createSnowflakes(clock.now),
    changes: new EventEmitter<Record<string, [Change]>>().setMaxListeners(0),
    token,
    bot,
    spam: { left: 0, says: 'dmsTooFast', at: 'sending' },
    limits: createLimits({ now: clock.now, channelOf: (used) => interactions.get(used)?.channelId }),
    sessionStarts: createSessionStarts(clock),
    delay: undefined,
    membersIntent: false,
    memberRequests: [],
    memberRequestsLost: 0,
    interactionsEndpoint: null,
    application: {},
    dateSkewMs: 0,
    origin: '',
    closed: false,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    uploads: new Map(),
    interactions,
    commands: new Map(),
    commandWrites: 0,
    nonces: new Map(),
  };
};

/** Whoever waits for one interaction hears of it by its id: in a crowd there are thousands. Of all else, by its kind. */
export const tellChange = (world: World, change: Change): void => {
  world.changes.emit('change', change);
  world.changes.emit(change.kind === 'interaction' ? change.interaction.id : change.kind, change);
};

export const needGuild = (world: World, guildId: string): Guild => {
  const guild = world.guilds.get(guildId);
  if (!guild) throw new Error(`There is no guild ${guildId}.`);
  return guild;
};
