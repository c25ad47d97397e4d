import {
  type Client,
  Events,
  GatewayOpcodes,
  type Guild,
  type GuildMember,
  Status,
  type WebSocketShard,
} from 'discord.js';
import type { Clock, Log } from '../../lib/index.ts';

/** Discord gives so many for one request, and takes no intent for them. */
export const MOST_ASKED = 100;

/**
 * Discord ends a connection that sends more than 120 events in 60 seconds. So many may be these: heartbeats and a new session
 * need the others.
 */
const MOST_SENT = 110;
const SENT_IN_MS = 60_000;
/**
 * Long lists leave the last ones to a few people each: whoever claims a card is looked up before it is bought, and must not
 * wait a minute because somebody has sent a file.
 */
const MOST_OF_LISTS = 100;
const A_FEW = 10;

const ANSWERS_WITHIN_MS = 10_000;
/** Where the gateway has not answered, nobody waits for it for so long. */
const RESTS_MS = 60_000;

/** What the gateway says of those it was asked about. Of whom it says neither, nobody knows. */
interface Answer {
  readonly members: ReadonlyMap<string, GuildMember>;
  readonly notFound: ReadonlySet<string>;
}

type Heard = (answer: Answer) => void;

interface Deps {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
}

interface Requests extends Deps {
  readonly waiting: Map<string, Heard>;
  readonly memory: {
    /** When the requests of the last minute were sent, the oldest first. */
    sentAt: number[];
    count: number;
    restsUntil: number;
  };
}

export type MemberRequests = ReturnType<typeof createMemberRequests>;

/** Members by their ids, up to `MOST_ASKED` at once, over the gateway: by REST it is one by one, behind a small limit. */
export function createMemberRequests(deps: Deps) {
  const waiting = new Map<string, Heard>();
  const memory = { sentAt: [], count: 0, restsUntil: Number.NEGATIVE_INFINITY };
  const requests: Requests = { ...deps, waiting, memory };
  deps.client.on(Events.GuildMembersChunk, (members, _, { nonce, notFound }) => {
    waiting.get(nonce ?? '')?.({ members, notFound: new Set(notFound.map(String)) });
  });
  return {
    /** Undefined where the gateway does not answer: its connection is broken, or another process has that of the guild. */
    ask: (guild: Guild, users: readonly string[]): Promise<Answer | undefined> => ask(requests, guild, users),
  };
}

async function ask(requests: Requests, guild: Guild, users: readonly string[]): Promise<Answer | undefined> {
  if (!isAnswering(requests, guild)) return undefined;
  await turn(requests, users.length > A_FEW ? MOST_OF_LISTS : MOST_SENT);
  // A connection that broke meanwhile would send it later, when nobody waits for it any more.
  if (!isAnswering(requests, guild)) return undefined;
  const { memory, log, clock } = requests;
  const answer = await send(requests, guild, users);
  if (answer) return answer;
  memory.restsUntil = clock.now() + RESTS_MS;
  log.warn({ guild: guild.id }, 'the gateway does not tell about members; they are asked for one by one');
  return undefined;
}

/** Of another process's guild there is no shard here. */
function isAnswering({ memory, clock }: Requests, guild: Guild): boolean {
  const shard: WebSocketShard | undefined = guild.shard;
  return clock.now() >= memory.restsUntil && guild.available && shard?.status === Status.Ready;
}

/** Waits until one more may be sent of so many. */
async function turn({ memory, clock }: Requests, most: number): Promise<void> {
  for (;;) {
    const now = clock.now();
    memory.sentAt = memory.sentAt.filter((at) => at > now - SENT_IN_MS);
    const last = memory.sentAt.at(-most);
    if (memory.sentAt.length < most || last === undefined) return void memory.sentAt.push(now);
    await clock.sleep(last + SENT_IN_MS - now);
  }
}

async function send({ waiting, memory, clock }: Requests, guild: Guild, users: readonly string[]) {
  memory.count += 1;
  const nonce = `m${memory.count}`;
  const over = new AbortController();
  const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
  waiting.set(nonce, resolve);
  clock.sleep(ANSWERS_WITHIN_MS, over.signal).then(
    () => resolve(undefined),
    () => undefined,
  );
  guild.shard.send({
    op: GatewayOpcodes.RequestGuildMembers,
    d: { guild_id: guild.id, user_ids: users, limit: 0, nonce },
  });
  try {
    return await promise;
  } finally {
    over.abort();
    waiting.delete(nonce);
  }
}
