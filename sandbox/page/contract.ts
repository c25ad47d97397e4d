/**
 * What the page and its server say to each other. Types only: the client reads them by JSDoc, the server imports them.
 *
 * GET  /                         the page; every other file of `client/` by its path there (`/style.css`, `/parts/menu.js`)
 *                                In scripts, `import … from 'preact'` and `'preact/hooks'` work as they stand: the server
 *                                puts the path there. No inline scripts and no style attributes in HTML: the policy is `'self'`
 * GET  /state?as=<person>        View
 * GET  /truth                    Truth
 * GET  /events?as=<person>       server-sent events: `view` (data: View) and `truth` (data: Truth), both at once on
 *                                connecting, then whole again after every change, at most every 50 ms. A page that is
 *                                connected again needs nothing else. Without `as`: the first of the cast, as everywhere
 *                                (`View.me` says who); an id that nobody here has, such as one of an earlier demo: 404
 * GET  /files/<attachment>/<filename>?as=<person>   an attachment, if this person may see its message
 * POST /act/<verb>               Acts[verb] → Answer
 * POST /act/complete             Complete   → Choices
 * POST /fault/<switch>           Faults[switch] → Answer
 * POST /bot/start | stop | restart | kill      {} → Answer. It answers when the process has been told, not when it serves:
 *                                watch `Truth.bot.state`
 * POST /demo/start-over          {} → Answer. Then all of it ends and begins anew at the same address: wait for another
 *                                `Truth.demo`, and load the page again
 *
 * POSTs carry `content-type: application/json` and a body, at least `{}`. An Answer comes with status 200 also when it is
 * an error: those are sentences that Discord shows people. Other statuses are mistakes of the page: 400 (a body of
 * another shape), 403 (another Host or Origin), 404, 413, 415.
 *
 * All ids are strings, all times milliseconds since 1970, all amounts decimal strings. A **place** is a channel id, of a
 * guild's channel or of a person's direct messages with the bot.
 */

/** Everything that one person sees, nothing that they don't. */
export interface View {
  /** The server's clock, for "thinking for 2 s" and the like. */
  now: number;
  me: string;
  /** Whom one can be, in the order of the switch. */
  people: Person[];
  /** Guilds that this person is in. */
  guilds: GuildView[];
  /** Their direct messages: always the one with the bot. */
  dms: DmView[];
  /** By place, oldest first, at most the newest 100 each. Each visible place has an entry. */
  messages: Record<string, MessageView[]>;
  /** The form that is open for this person, if any. Submit or dismiss it. */
  modal: ModalView | null;
  /** Names for `<@id>`, `<@&id>`, `<#id>` and for presets of menus: only of who and what this person can see. */
  names: {
    users: Record<string, string>;
    roles: Record<string, string>;
    channels: Record<string, string>;
  };
}

export interface Person {
  id: string;
  name: string;
  /** For the avatar. */
  letter: string;
  /** Such as "admin", "team member", "community member", "in another server". */
  note: string;
  /** The guild to open first. */
  home: string;
  /** Unread direct messages and pings, so that the switch shows who has news. Never what they say. */
  unread: number;
}

export interface GuildView {
  id: string;
  name: string;
  letter: string;
  /** Whether this person has Manage Server. */
  isAdmin: boolean;
  /** Only those that they may see. */
  channels: ChannelView[];
  members: MemberView[];
  /** For role menus and role options; without @everyone and without roles of one member's own. */
  roles: { id: string; name: string }[];
  /** What typing `/` lists for this person here, by name: `default_member_permissions` is heeded. */
  commands: CommandView[];
}

export interface ChannelView {
  id: string;
  name: string;
  kind: 'text';
  /** Whether a lock belongs beside its name: not everybody sees it. */
  isPrivate: boolean;
  /** What came since this person read here (`/act/read`). */
  unread: number;
  /** How many of those ping this person. */
  pings: number;
}

export interface MemberView {
  id: string;
  name: string;
  letter: string;
  /** The word APP beside the name. */
  isBot: boolean;
  /** The bot: whether it is connected. People always are. */
  isOnline: boolean;
  /** Names of their roles. */
  roles: string[];
  isAdmin: boolean;
}

export interface DmView {
  /** The place. */
  id: string;
  with: { id: string; name: string; letter: string; isBot: boolean; isOnline: boolean };
  unread: number;
  /** Commands in direct messages: the global ones, so mostly none. */
  commands: CommandView[];
  /** Whether this person refuses direct messages (`/fault/close-dms`). */
  isClosed: boolean;
}

export interface MessageView {
  id: string;
  place: string;
  author: { id: string; name: string; letter: string; isBot: boolean };
  at: number;
  /** Set: "(edited)". */
  editedAt: number | null;
  /** "Only you can see this · Dismiss message". */
  isOnlyForMe: boolean;
  /** "Cardigan is thinking…": nothing else is in it yet. */
  isThinking: boolean;
  /** Whether it has pinged this person: shown on yellow. */
  pingsMe: boolean;
  /** Above an answer to a command: "Ada used /buy". */
  usedCommand: { by: string; command: string } | null;
  /** Above a reply. `text` is its first line; `id` is null where that message is gone. */
  repliesTo: { id: string | null; author: string; text: string } | null;
  /** Markdown as Discord has it, mentions as `<@id>`. Empty in Components V2. */
  content: string;
  embeds: Embed[];
  /** As the bot sent it (Components V2 or action rows), numbered by Discord. */
  components: Component[];
  attachments: AttachmentView[];
}

export interface AttachmentView {
  id: string;
  filename: string;
  contentType: string;
  /** Bytes. */
  size: number;
  description: string;
  /** A path here, with `as` in it. */
  url: string;
  /** What is in it, where that is text of at most 64 KiB. */
  text: string | null;
}

export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string;
  footer?: { text: string };
  author?: { name: string };
  fields?: { name: string; value: string; inline?: boolean }[];
}

/**
 * Discord's component, by `type`:
 * 1 action row (`components`) · 2 button (`style` 1 primary, 2 secondary, 3 success, 4 danger, 5 link with `url`)
 * 3 string select (`options`) · 5 user, 6 role, 7 mentionable, 8 channel select (`default_values`)
 * 4 text input (`style` 1 short, 2 paragraph; in modals) · 9 section (`components`, `accessory`) · 10 text (`content`)
 * 11 thumbnail · 12 media gallery · 13 file (`file.url`: `attachment://<filename>`, among the message's attachments)
 * 14 separator (`divider`, `spacing` 1 or 2) · 17 container (`components`, `accent_color`) · 18 label of a modal
 * (`label`, `description`, `component`)
 */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  style?: number;
  label?: string;
  url?: string;
  disabled?: boolean;
  required?: boolean;
  placeholder?: string;
  content?: string;
  value?: string;
  description?: string;
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  options?: { label: string; value: string; description?: string; default?: boolean }[];
  default_values?: { id: string; type: string }[];
  components?: Component[];
  component?: Component;
  accessory?: Component;
  file?: { url: string };
  media?: { url: string };
  items?: { media: { url: string }; description?: string; spoiler?: boolean }[];
  spoiler?: boolean;
  divider?: boolean;
  spacing?: number;
  accent_color?: number;
  emoji?: { name?: string };
  channel_types?: number[];
}

export interface ModalView {
  id: string;
  title: string;
  /** The place where it was opened. */
  place: string;
  /** As sent: labels (18) with an input, or action rows (1) with one; texts (10) between them. */
  components: Component[];
}

/** One line of the list behind `/`; a subcommand is a line of its own, such as `delegate set`. */
export interface CommandView {
  /** What to write after `/`, and the `name` of Acts.command. */
  name: string;
  description: string;
  /** Required ones first, as Discord wants it. */
  options: OptionView[];
}

export interface OptionView {
  name: string;
  description: string;
  type: 'text' | 'integer' | 'number' | 'boolean' | 'user' | 'role' | 'channel' | 'mentionable' | 'attachment';
  required: boolean;
  /** Of a number. */
  min: number | null;
  max: number | null;
  /** Of a text. */
  minLength: number | null;
  maxLength: number | null;
  /** Where there are any, it is one of these. */
  choices: Choice[];
  /** Whether `/act/complete` has choices while it is typed. Other values may be sent too. */
  completes: boolean;
}

export interface Choice {
  name: string;
  value: string | number;
}

/** Options by name; ids for users, roles and channels. */
export type OptionValues = Record<string, string | number | boolean | FileValue>;

/** A file that goes with a command: what it holds, as text. */
export interface FileValue {
  name: string;
  bytes: string;
}

/** The verbs of `POST /act/…` and their bodies. `as` is who acts; `place` is where. */
export interface Acts {
  command: { as: string; place: string; name: string; options: OptionValues };
  /** A button. */
  press: { as: string; message: string; customId: string };
  /** A menu: values of options, or ids. Sent when the menu is closed with another choice than before. */
  choose: { as: string; message: string; customId: string; values: string[] };
  /** By custom id of the inputs: texts, and for menus lists. All inputs, also the unchanged. */
  submit: { as: string; modal: string; values: Record<string, string | string[]> };
  /** Away with an ephemeral message or with the open form, for this person. */
  dismiss: { as: string; message?: string | undefined; modal?: string | undefined };
  /** Plain text. The bot doesn't hear it, as it may not read messages. 1 to 2000 characters. */
  say: { as: string; place: string; text: string };
  /** This person has seen the place to its end: its unread count is 0. */
  read: { as: string; place: string };
}

/** `POST /act/complete`: `options` is what is filled in so far, `focused` among them. */
export interface Complete {
  as: string;
  place: string;
  name: string;
  options: OptionValues;
  focused: string;
}

/** `error`: "Loading options failed". */
export type Choices = { choices: Choice[] } | { error: string };

/**
 * Comes when the bot has acknowledged (what it made of it is in the next View), or after three seconds without.
 * `error`, as Discord words it: "The application did not respond" (a command), "This interaction failed" (a button or
 * a menu), "Something went wrong. Try again." (a form, which stays open); or what Discord's client refuses before it sends,
 * such as "item is required." and "quantity: at most 25, not 30.".
 */
export type Answer = { ok: true } | { error: string };

/** The side panel: what really is, whoever one is. The only part that knows of gift cards. */
export interface Truth {
  now: number;
  /** Another one after each start over. */
  demo: string;
  account: { balance: string; currency: string };
  /** All products, for "move the price" and the stock. */
  products: ProductView[];
  /** Newest first. */
  orders: OrderView[];
  /** The last 200 calls to either stand-in, newest first. One that still waits has no status. */
  calls: CallView[];
  bot: BotView;
  faults: FaultsView;
}

export interface ProductView {
  item: string;
  name: string;
  /** What is charged for one, in the account's currency. */
  price: string;
  /** null: without end. */
  stock: number | null;
}

export interface OrderView {
  /** Such as ORD-2026-001. */
  number: string;
  item: string;
  quantity: number;
  amount: string;
  /** `completed`, `processing`, `partial`. */
  status: string;
  at: number;
  /** **Secret: hidden until hovered or focused.** One line a card, such as "ABCD-EFGH-JKLM-NPQR, Pin 9482017365". */
  codes: string[];
}

export interface CallView {
  /** Ascending over both. */
  id: number;
  at: number;
  to: 'cardpluspay' | 'discord';
  method: string;
  /** Without tokens. */
  path: string;
  /** null: no answer (yet, or ever: see `note`). */
  status: number | null;
  /** How long the answer took; null while there is none. */
  ms: number | null;
  /** What it was about, in a few words: "2 × google-play-usd-5", "direct message", "the answer was lost". May be empty. */
  note: string;
  /** Redacted JSON of the request for a look inside: no codes, no tokens; null without a body. */
  body: unknown;
}

export interface BotView {
  /**
   * `starting` → `serving`; `stopping` (SIGTERM) → `stopped`; `killed` (SIGKILL). `crashed`: it ended by itself.
   */
  state: 'starting' | 'serving' | 'stopping' | 'stopped' | 'killed' | 'crashed';
  /** null where no process is. */
  pid: number | null;
  /** Since when it is in this state. */
  since: number;
  /** How often it was started. */
  starts: number;
  /** Its last 100 log lines, oldest first. */
  lines: { at: number; level: 'debug' | 'info' | 'warn' | 'error'; text: string }[];
}

export interface FaultsView {
  /** Waits for the next purchase. */
  losesNextAnswer: boolean;
  slowsNextAnswer: boolean;
  /** Ids of people who refuse direct messages. */
  closedDms: string[];
}

/** The switches of `POST /fault/…` and their bodies. Of the first two, one at a time: the newer one stays. */
export interface Faults {
  /** The next purchase is booked and charged, and the connection breaks before the answer. `on: false`: no more. */
  'lose-next-answer': { on: boolean };
  /** The next purchase is booked at once and answered after 8 seconds: time to kill the bot in the middle. */
  'slow-next-answer': { on: boolean };
  'close-dms': { member: string; closed: boolean };
  /** The price of one, such as "6.20": up to 999999.99 with two decimals. */
  price: { item: string; to: string };
}
