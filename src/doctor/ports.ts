import type { Product, RemoteOrder, StockCheck, VendorPage } from '../cardpluspay/index.ts';
import type { Clock, Money } from '../lib/index.ts';
import type { Right } from '../policy/index.ts';
import type { Store } from '../store/index.ts';
import type { Named } from './findings.ts';

/** What the machine says; only the command line has one. */
export interface Machine {
  /** What is wrong with the environment, each a sentence. */
  readonly problems: readonly string[];
  readonly node: { readonly version: string; readonly wanted: string };
  /** The user that this process runs as; undefined on a system without such numbers. */
  readonly user: number | undefined;
  /** Files that variables were read from. */
  readonly envFiles: readonly string[];
  /** Files that variables name because a secret is in them. */
  readonly secretFiles: readonly { readonly variable: string; readonly path: string }[];
  /** Where the store lies; undefined where it is no file. */
  readonly store: StoreFiles | undefined;
  /** Less than this is too little; the alerts of a running bot go by it as well. */
  readonly lowDiskBytes: number;
  freeBytes(path: string): Promise<number>;
}

export interface StoreFiles {
  readonly folder: string;
  readonly database: string;
  /** Undefined where the key is not in a file. */
  readonly key: string | undefined;
}

/** Discord's answer: what it told and when it says that was, that it refuses the token, or none. */
export type Told<T> =
  | { readonly is: 'told'; readonly value: T; readonly at?: number | undefined }
  | { readonly is: 'refused' }
  | { readonly is: 'elsewhere' }
  | { readonly is: 'silent'; readonly why: string };

/** The application, as the developer portal has it. */
export interface Application {
  readonly id: string;
  readonly lacksIntent: boolean;
  readonly hasReviewedIntent: boolean;
  readonly hasEndpoint: boolean;
  readonly isPublic: boolean;
  readonly needsCodeGrant: boolean;
  /** It can be added to servers, and not only to people. */
  readonly joinsServers: boolean;
  /** What its install link does not ask for; undefined where it has none of its own. */
  readonly link?: { readonly lacksScopes: readonly string[]; readonly lacksRights: readonly Right[] };
}

/** A server, as the bot finds it. */
export interface ServerSeen extends Named {
  readonly members: number;
  /** What the bot's roles do not allow it. */
  readonly lacks: readonly Right[];
  /** They let it ping roles that are not mentionable. */
  readonly mayMention: boolean;
  readonly roles: readonly RoleSeen[];
  readonly channels: readonly ChannelSeen[];
}

export interface RoleSeen extends Named {
  readonly isManager: boolean;
  /** Discord's own, of bots and boosters. */
  readonly isManaged: boolean;
  readonly isMentionable: boolean;
  readonly members: number;
}

export interface ChannelSeen extends Named {
  readonly lacks: readonly Right[];
  /** The bot may ping roles there that are not mentionable. */
  readonly mayMention: boolean;
  readonly isPublic: boolean;
}

/** How the commands of a server differ from those that there are. */
export interface CommandsSeen {
  readonly missing: readonly string[];
  readonly differing: readonly string[];
  readonly extra: readonly string[];
}

export interface DiscordProbe {
  application(): Promise<Told<Application>>;
  signIns(): Promise<Told<{ readonly left: number; readonly resetAt: number }>>;
  /** 'none': the bot is not in it. */
  server(id: string): Promise<Told<ServerSeen | 'none'>>;
  /** A thread, which the list of channels has not; 'none': gone, or not to be seen. */
  thread(server: ServerSeen, id: string): Promise<Told<ChannelSeen | 'none'>>;
  /** 'none': it may not have commands there. */
  commands(application: string, server: string): Promise<Told<CommandsSeen | 'none'>>;
  /** The link that invites it, with what it uses, and with the right to ping every role. */
  readonly link: (application: string, how?: { readonly pings: boolean }) => string;
}

/** What of the catalog was read, and what of it could not be. */
export interface CatalogSeen {
  readonly products: number;
  readonly total: number;
  readonly skipped: number;
  /** How often a row was skipped because of a field. */
  readonly fields: Readonly<Record<string, number>>;
  readonly cut: number;
  /** It has more pages than Cardigan reads. */
  readonly isEndless: boolean;
  /** One of them, to ask for its stock. */
  readonly sample: Pick<Product, 'itemCode' | 'name'> | undefined;
}

/** Every call throws CardPlusPayError. */
export interface VendorProbe {
  balance(): Promise<Money>;
  catalog(): Promise<CatalogSeen>;
  checkStock(itemCode: string, quantity: number): Promise<StockCheck>;
  orders(query: { perPage: number; sortBy: 'created_at'; order: 'desc' }): Promise<VendorPage<RemoteOrder>>;
  /** How far CardPlusPay's clock was ahead of ours with its newest answer, in milliseconds; undefined where it tells no time. */
  clockAhead(): number | undefined;
  readonly isSigning: boolean;
}

/** The store, opened for reading. */
export interface StoreSeen {
  readonly records: Store['records'];
}

export interface StoreProbe {
  /** Throws StoreError. */
  open(): Promise<StoreSeen>;
  /** Whether the database takes writes from this user, as far as it says without one. */
  takesWrites(): Promise<boolean>;
  /** When the newest backup was made, and how often one is; undefined where there is none. */
  backup(): Promise<{ readonly at: number; readonly everyMs: number } | undefined>;
}

/** What checks of a bot that is set up are made with. */
export interface BotProbes {
  readonly discord: DiscordProbe;
  readonly vendor: VendorProbe;
  readonly store: StoreProbe;
  /** The servers to look at, and which of them owns what concerns the account. */
  readonly servers: readonly string[];
  readonly owner: string;
  /** The bot asks for the Server Members intent. */
  readonly membersIntent: boolean;
  readonly clock: Clock;
}
