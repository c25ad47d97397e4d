export interface Problem {
  path: readonly PropertyKey[];
  code: string;
  message: string;
}

/** An answer in Discord's error shape: `{ message, code, errors? }`. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  /** What else its body has. */
  readonly more: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: number,
    message: string,
    { more = {}, headers = {} }: { more?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.more = more;
    this.headers = headers;
  }

  get body(): Record<string, unknown> {
    return { message: this.message, code: this.code, ...this.more };
  }
}

/** Status, code and words as Discord documents them ("Opcodes and Status Codes", JSON error codes). */
const refusals = {
  notFound: [404, 0, '404: Not Found'],
  unauthorized: [401, 0, '401: Unauthorized'],
  unreadableBody: [400, 50109, 'The request body contains invalid JSON.'],
  flaggedAsSpam: [403, 20026, 'Your bot has been flagged by our anti-spam system for abusive behavior.'],
  dmsTooFast: [403, 40003, 'You are opening direct messages too fast.'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  tooManyCommands: [400, 30032, 'Maximum number of application commands reached (100).'],
  tooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notInDms: [403, 50003, 'Cannot execute action on a DM channel'],
  notTheirs: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  notText: [400, 50008, 'Cannot send messages in a non-text channel'],
  dmsClosed: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  invalidRecipient: [400, 50033, 'Invalid Recipient(s)'],
  // 403: discord/discord-api-docs, issue 7707. Its message for what is archived: issue 6884.
  threadArchived: [403, 50083, 'Thread is archived'],
  noMutualGuild: [403, 50278, 'Cannot send messages to this user due to having no mutual guilds'],
  // 403: Voxel-Fox-Ltd/Flower, issue 63.
  noHistory: [403, 160002, 'Cannot reply without permission to read message history'],
  threadLocked: [403, 160005, 'Thread is locked'],
} as const satisfies Record<string, readonly [number, number, string]>;

export const refusal = (name: keyof typeof refusals): DiscordError => {
  const [status, code, message] = refusals[name];
  return new DiscordError(status, code, message);
};

/** Limits that are no bucket of a route: 429 with a code of their own (page "Rate Limits", `code`). */
const limits = {
  publishedEdits: [20022, 'This message cannot be edited due to announcement rate limits.'],
  writeLimit: [20028, 'The write action you are performing on the channel has hit the write rate limit.'],
  oldEdits: [30046, 'Maximum number of edits to messages older than 1 hour reached. Try again later'],
} as const satisfies Record<string, readonly [number, string]>;

/** `header`: what `Retry-After` says, which is not always what the body does; `none`: there is no such header. */
export const tooOften = (
  name: keyof typeof limits,
  waitMs: number,
  header: number | 'none' = Math.ceil(waitMs / 1000),
): DiscordError => {
  const [code, message] = limits[name];
  return new DiscordError(429, code, message, {
    more: { retry_after: waitMs / 1000, global: false },
    headers: { 'x-ratelimit-scope': 'shared', ...(header === 'none' ? {} : { 'retry-after': String(header) }) },
  });
};

type Told = { code: string; message: string }[];

interface ErrorTree {
  _errors?: Told;
  [key: string]: ErrorTree | Told | undefined;
}

const branch = (tree: ErrorTree, key: string): ErrorTree => {
  const known = tree[key];
  if (known && !Array.isArray(known)) return known;
  const made: ErrorTree = {};
  tree[key] = made;
  return made;
};

const hang = (tree: ErrorTree, { path, code, message }: Problem): void => {
  const leaf = path.map(String).reduce(branch, tree);
  const listed = Array.isArray(leaf._errors) ? leaf._errors : [];
  leaf._errors = [...listed, { code, message }];
};

/** 50035: every problem hangs in `errors` at the path of its field, under `_errors`. */
export const invalidForm = (problems: readonly Problem[]): DiscordError => {
  const tree: ErrorTree = {};
  for (const problem of problems) hang(tree, problem);
  return new DiscordError(400, 50035, 'Invalid Form Body', { more: { errors: tree } });
};

export const invalidField = (path: readonly PropertyKey[], code: string, message: string) =>
  invalidForm([{ path, code, message }]);
