import { CardPlusPayError } from '../cardpluspay/index.ts';
import type { Money } from '../lib/index.ts';
import { StoreError } from '../store/index.ts';
import { type Finding, finding } from './findings.ts';
import type { Application, BotProbes, CatalogSeen, ServerSeen, StoreSeen, Told } from './ports.ts';

/** What checks share: each thing is asked for once, whoever needs it first. */
export interface DoctorContext extends BotProbes {
  application(): Promise<Told<Application>>;
  server(id: string): Promise<Told<ServerSeen | 'none'>>;
  openedStore(): Promise<StoreSeen | StoreError>;
  balance(): Promise<Money | CardPlusPayError>;
  catalog(): Promise<CatalogSeen | CardPlusPayError>;
}

export function createDoctorContext(probes: BotProbes): DoctorContext {
  const { discord, vendor, store } = probes;
  const seen = new Map<string, Promise<Told<ServerSeen | 'none'>>>();
  return {
    ...probes,
    application: once(discord.application),
    server(id) {
      const known = seen.get(id) ?? discord.server(id);
      seen.set(id, known);
      return known;
    },
    openedStore: once(() => store.open().catch(onlyOf(StoreError))),
    balance: once(() => vendor.balance().catch(onlyOf(CardPlusPayError))),
    catalog: once(() => vendor.catalog().catch(onlyOf(CardPlusPayError))),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

/** That error as what came of it; any other goes on. */
const onlyOf =
  <E extends Error>(kind: abstract new (...args: never[]) => E) =>
  (error: unknown): E => {
    if (error instanceof kind) return error;
    throw error;
  };

/** What Discord told; where it did not, that a check ends with. */
export class Untold extends Error {
  override readonly name = 'Untold';
  readonly finding: Finding;

  constructor(from: 'Discord' | 'CardPlusPay', why: string) {
    super(why);
    this.finding = finding('no_answer', { from, why });
  }
}

/** Discord has answered before. Throws Untold where it does not any more. */
export function needTold<T>(told: Told<T>): T {
  if (told.is === 'told') return told.value;
  throw new Untold('Discord', told.is === 'silent' ? told.why : told.is);
}

/** Likewise of CardPlusPay. */
export function answerOf<T>(answer: T | CardPlusPayError): T {
  if (!(answer instanceof CardPlusPayError)) return answer;
  throw new Untold('CardPlusPay', vendorWhy(answer));
}

/** In a word or two, without an address. */
export const vendorWhy = ({ code, status }: CardPlusPayError): string =>
  status === undefined ? code.replaceAll('_', ' ') : `${code.replaceAll('_', ' ')}, status ${status}`;

/** Needs an opened store: `encryption_key` has seen to it. */
export async function storeOf(ctx: Pick<DoctorContext, 'openedStore'>): Promise<StoreSeen> {
  const opened = await ctx.openedStore();
  if (opened instanceof StoreError) throw opened;
  return opened;
}
