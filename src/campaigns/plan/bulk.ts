import type { Shop } from '../../catalog/index.ts';
import { type Member, type Money, Problem } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { type CampaignWish, newCampaignId, plan, type WantedCards } from './plan.ts';
import {
  type LineError,
  MOST_LINE_ERRORS,
  MOST_RECIPIENTS,
  type RecipientLine,
  readRecipients,
} from './recipients-csv.ts';
import {
  type BulkRecipient,
  createSorting,
  findRecipients,
  type LeftOut,
  type LookUpProgress,
  type NamedPerson,
  type Sorted,
} from './resolve-recipients.ts';
import type { Who } from './who.ts';
import { reactedTo, readMembers, type Whom } from './whom.ts';

export interface BulkWish extends Pick<CampaignWish, 'member' | 'channel' | 'place' | 'locale' | 'gift'> {
  readonly whom: Whom;
  /** For everybody for whom the file names none. */
  readonly itemCode?: string | undefined;
}

type BulkPlan =
  | {
      readonly kind: 'planned';
      readonly campaign: Campaign;
      readonly leftOut: readonly LeftOut[];
      /** In the order in which they were named. */
      readonly recipients: readonly BulkRecipient[];
      /** Of the account, for whoever may see it. */
      readonly balance?: Money;
    }
  /** The file has to be mended first: the first ones of so many errors. */
  | { readonly kind: 'wrong'; readonly errors: readonly LineError[]; readonly errorCount: number }
  /** Everybody was left out. */
  | { readonly kind: 'nobody'; readonly leftOut: readonly LeftOut[] };

/**
 * Finds out who would get what, and plans it: nothing is bought before its requester confirms it. Throws a Problem; then
 * nothing is planned, as for a file with errors.
 */
export async function planBulk(
  ctx: CampaignsContext,
  wish: BulkWish,
  progress: LookUpProgress = async () => {},
): Promise<BulkPlan> {
  const sorted = await sort(ctx, wish, progress);
  if ('errors' in sorted) return { kind: 'wrong', ...sorted };
  const { recipients, leftOut } = sorted;
  if (recipients.length === 0) return { kind: 'nobody', leftOut };
  const items = counted(recipients);
  const { whom: _, itemCode: __, ...rest } = wish;
  const id = newCampaignId(ctx);
  let balance: Money | undefined;
  const campaign = await plan(ctx, { ...rest, kind: 'bulk', id, items }, async (known) => {
    balance = known;
    await writePlaces(ctx, id, recipients, items);
  });
  const isSeen = balance !== undefined && (await ctx.rules.seesBalance(wish.member));
  return { kind: 'planned', campaign, leftOut, recipients, ...(isSeen && balance && { balance }) };
}

async function sort(ctx: CampaignsContext, wish: BulkWish, progress: LookUpProgress) {
  const { shop, directory } = ctx;
  const { whom, member, itemCode } = wish;
  const usual = itemCode === undefined ? undefined : (await shop.offer(itemCode)).itemCode;
  if (whom.kind === 'file') {
    const named = await namedIn(ctx, whom.text, usual);
    return 'errors' in named ? named : findRecipients(named, member, directory, progress);
  }
  if (usual === undefined) throw new Problem('bulk_item_missing', {});
  if (whom.kind === 'role') return withRole(ctx, member, whom.role, usual);
  const { named, unclear } = await peopleOf(ctx, member.guild, whom);
  const sorted = await findRecipients(
    named.map((who) => ({ who, item: usual })),
    member,
    directory,
    progress,
  );
  return { ...sorted, leftOut: [...unclear, ...sorted.leftOut] };
}

type Named = Exclude<Whom, { kind: 'role' | 'file' }>;

async function peopleOf(ctx: CampaignsContext, guild: string, whom: Named) {
  if (whom.kind === 'named') return readMembers(whom.text);
  const users = whom.kind === 'picked' ? whom.users : await reactedTo(ctx, guild, whom);
  return { named: users.map((value): Who => ({ kind: 'id', value })), unclear: [] };
}

async function withRole({ directory }: CampaignsContext, member: Member, role: string, item: string): Promise<Sorted> {
  const sorting = createSorting(member);
  for await (const found of directory.withRole(member.guild, role)) {
    sorting.add({ who: { kind: 'id', value: found.user }, item }, found);
    if (sorting.sorted.recipients.length > MOST_RECIPIENTS)
      throw new Problem('too_many_recipients', { most: MOST_RECIPIENTS });
  }
  return sorting.sorted;
}

/** Whom the lines of a file name, or all that has to be mended in it. */
async function namedIn({ shop }: CampaignsContext, text: string, usual: string | undefined) {
  const file = readRecipients(text);
  const { codes, errors } = await lineItems(file.lines, usual, shop);
  const errorCount = file.errorCount + errors.length;
  if (errorCount > 0) return { errors: firstOf([...file.errors, ...errors]), errorCount };
  return file.lines.map(
    ({ who, line, message, item = usual ?? '' }): NamedPerson => ({
      who,
      line,
      item: codes.get(item) ?? item,
      ...(message !== undefined && { message }),
    }),
  );
}

/** A place for everybody: a campaign that has none never comes to be. */
async function writePlaces(
  { entries, clock }: CampaignsContext,
  campaign: string,
  recipients: readonly BulkRecipient[],
  items: readonly WantedCards[],
): Promise<void> {
  const at = clock.now();
  for (const { user, item, message } of recipients) {
    const part = items.findIndex(({ itemCode }) => itemCode === item);
    const more = message === undefined ? {} : { message };
    await entries.put({ campaign, user, state: 'due', at, part, ...more });
  }
}

function counted(recipients: readonly BulkRecipient[]): WantedCards[] {
  const counts = new Map<string, number>();
  for (const { item } of recipients) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].map(([itemCode, quantity]) => ({ itemCode, quantity }));
}

const firstOf = (errors: readonly LineError[]) => errors.toSorted((a, b) => a.line - b.line).slice(0, MOST_LINE_ERRORS);

/** Each is priced and bought by itself. */
const MOST_ITEMS = 20;

/**
 * Which card each line of a file means: the item codes as the catalog has them, by the text of a line, and an error for each
 * line that names no card that can be bought. `usual`: where a line names none.
 */
async function lineItems(lines: readonly RecipientLine[], usual: string | undefined, shop: Shop) {
  const named = new Map<string, number>();
  for (const { item = usual, line } of lines) if (item !== undefined && !named.has(item)) named.set(item, line);
  const [, tooMany] = [...named][MOST_ITEMS] ?? [];
  if (tooMany !== undefined) {
    const params = { count: named.size, most: MOST_ITEMS };
    const errors: LineError[] = [{ line: tooMany, problem: 'too_many_items', params }];
    return { codes: new Map<string, string>(), errors };
  }
  const codes = await codesOf(named.keys(), shop);
  return { codes, errors: lines.flatMap((line) => wrongItem(line, usual, codes) ?? []) };
}

function wrongItem(
  { line, item }: RecipientLine,
  usual: string | undefined,
  codes: ReadonlyMap<string, string>,
): LineError | undefined {
  const code = item ?? usual;
  if (code === undefined) return { line, problem: 'item_missing', params: {} };
  return codes.has(code) ? undefined : { line, problem: 'item_unknown', params: { item: code.slice(0, 100) } };
}

/** Of those that the catalog has. */
async function codesOf(named: Iterable<string>, shop: Shop): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  for (const item of named) {
    try {
      codes.set(item, (await shop.offer(item)).itemCode);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'unknown_item')) throw error;
    }
  }
  return codes;
}
