import type { Shop } from '../catalog/shop.ts';
import type { Clock } from '../clock.ts';
import type { Member } from '../orders/order.ts';
import { Problem } from '../problem.ts';
import type { Campaign } from './campaign.ts';
import type { EntryBook } from './entry-book.ts';
import type { LeftOut, LookUpProgress, Named, Recipient, Sorted } from './finding-recipients.ts';
import { createSorting, findRecipients } from './finding-recipients.ts';
import { lineItems } from './line-items.ts';
import type { CampaignWish, Planning } from './planning.ts';
import type { Directory } from './ports.ts';
import type { LineError } from './recipient-line.ts';
import { MOST_LINE_ERRORS, MOST_RECIPIENTS, readRecipients } from './recipients-file.ts';

/** To whom: to these, to all who have a role, or to those whom the text of a CSV file names. */
export type Whom =
  | { readonly kind: 'picked'; readonly users: readonly string[] }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'file'; readonly text: string };

export interface BulkWish
  extends Pick<CampaignWish, 'member' | 'channel' | 'place' | 'locale' | 'gift'> {
  readonly whom: Whom;
  /** For everybody for whom the file names none. */
  readonly itemCode?: string | undefined;
}

export type BulkPlan =
  | { readonly kind: 'planned'; readonly campaign: Campaign; readonly leftOut: readonly LeftOut[] }
  /** The file has to be mended first: the first ones of so many errors. */
  | {
      readonly kind: 'wrong';
      readonly errors: readonly LineError[];
      readonly errorCount: number;
    }
  /** Everybody was left out. */
  | { readonly kind: 'nobody'; readonly leftOut: readonly LeftOut[] };

interface Parts {
  shop: Pick<Shop, 'offer'>;
  directory: Directory;
  entries: Pick<EntryBook, 'put'>;
  planning: Pick<Planning, 'newId' | 'plan'>;
  clock: Clock;
}

/** Finds out who would get what, and plans it: nothing is bought before its requester confirms it. */
export function createBulkPlanning(parts: Parts) {
  const { shop, directory, entries, planning, clock } = parts;

  async function withRole(member: Member, role: string, item: string): Promise<Sorted> {
    const sorting = createSorting(member);
    for await (const found of directory.withRole(member.guild, role)) {
      sorting.add({ who: { kind: 'id', value: found.user }, item }, found);
      if (sorting.sorted.recipients.length > MOST_RECIPIENTS)
        throw new Problem('too_many_recipients', { most: MOST_RECIPIENTS });
    }
    return sorting.sorted;
  }

  /** Whom the lines of a file name, or all that has to be mended in it. */
  async function fromFile(text: string, usual: string | undefined) {
    const file = readRecipients(text);
    const { codes, errors } = await lineItems(file.lines, usual, shop);
    const errorCount = file.errorCount + errors.length;
    if (errorCount > 0) return { errors: firstOf([...file.errors, ...errors]), errorCount };
    return file.lines.map(
      ({ who, line, message, item = usual ?? '' }): Named => ({
        ...{ who, line, item: codes.get(item) ?? item },
        ...(message !== undefined && { message }),
      }),
    );
  }

  async function sort(wish: BulkWish, progress: LookUpProgress) {
    const { whom, member, itemCode } = wish;
    const usual = itemCode === undefined ? undefined : (await shop.offer(itemCode)).itemCode;
    if (whom.kind === 'file') {
      const named = await fromFile(whom.text, usual);
      return 'errors' in named ? named : findRecipients(named, member, directory, progress);
    }
    if (usual === undefined) throw new Problem('bulk_item_missing', {});
    if (whom.kind === 'role') return withRole(member, whom.role, usual);
    const named = whom.users.map((value) => ({ who: { kind: 'id' as const, value }, item: usual }));
    return findRecipients(named, member, directory, progress);
  }

  /** A place for everybody: a campaign that has none never comes to be. */
  async function place(campaign: string, { recipients }: Sorted, items: readonly string[]) {
    const at = clock.now();
    for (const { user, item, message } of recipients) {
      const more = message === undefined ? {} : { message };
      const part = items.indexOf(item);
      await entries.put({ campaign, user, state: 'due', at, part, ...more });
    }
  }

  return {
    /** Throws a Problem; then nothing is planned, as for a file with errors. */
    async plan(wish: BulkWish, progress: LookUpProgress = async () => {}): Promise<BulkPlan> {
      const sorted = await sort(wish, progress);
      if ('errors' in sorted) return { kind: 'wrong', ...sorted };
      const { recipients, leftOut } = sorted;
      if (recipients.length === 0) return { kind: 'nobody', leftOut };
      const items = counted(recipients);
      const { whom: _, itemCode: __, ...rest } = wish;
      const id = planning.newId();
      const { campaign } = await planning.plan({ ...rest, kind: 'bulk', id, items }, () =>
        place(
          id,
          sorted,
          items.map(({ itemCode }) => itemCode),
        ),
      );
      return { kind: 'planned', campaign, leftOut };
    },
  };
}

export type BulkPlanning = ReturnType<typeof createBulkPlanning>;

function counted(recipients: readonly Recipient[]) {
  const counts = new Map<string, number>();
  for (const { item } of recipients) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].map(([itemCode, quantity]) => ({ itemCode, quantity }));
}

const firstOf = (errors: readonly LineError[]) =>
  errors.toSorted((a, b) => a.line - b.line).slice(0, MOST_LINE_ERRORS);
