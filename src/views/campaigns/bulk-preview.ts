import type { BulkRecipient, Campaign } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { csv, type Money, subtract, tame } from '../../lib/index.ts';
import { type Button, buttonFor, message, type View } from '../kit/message.ts';
import { type Fact, plain, who } from '../kit/text.ts';

const MOST_NAMED = 20;
const MOST_LINES = 5;

/** What a bulk send would do, beside its panel: to whom, as a list where they are many, and what is left after it. */
export interface BulkPreview {
  readonly balance: Fact;
  readonly facts: readonly Fact[];
  readonly file?: NonNullable<View['files']>[number];
}

/** As it was just planned. */
export function bulkPreview(
  campaign: Campaign,
  { recipients, balance }: { recipients: readonly BulkRecipient[]; balance?: Money },
  words: Words,
): BulkPreview {
  const { bulkPeople: w, facts } = words;
  const isMany = recipients.length > MOST_NAMED;
  const users = recipients.map(({ user }) => user);
  return {
    balance: balance && facts.balanceAfter(balance, subtract(balance, campaign.charged)),
    facts: [
      recipientsFact(users, campaign.places, words),
      isMany && w.inFile,
      ...lineFacts(campaign, recipients, words),
    ],
    ...(isMany && { file: { name: `members-${campaign.reference}.csv`, text: listOf(campaign, recipients, words) } }),
  };
}

/** To whom a planned send goes, where no more is known than the first of them. */
export const bulkTo = (campaign: Campaign, users: readonly string[], words: Words): BulkPreview => ({
  balance: undefined,
  facts: [users.length > 0 && recipientsFact(users, campaign.places, words)],
});

/** The first of them by name, and how many more. */
export function recipientsFact(users: readonly string[], all: number, { bulkPeople: w }: Words): string {
  const first = users.slice(0, MOST_NAMED);
  const names = first.map(who).join(', ');
  return all > first.length ? w.toMore(names, all - first.length) : w.to(names);
}

/** The first lines of a file, as they were understood. */
function lineFacts(campaign: Campaign, recipients: readonly BulkRecipient[], { bulkPeople: w }: Words): Fact[] {
  const read = recipients.filter(({ line }) => line !== undefined).slice(0, MOST_LINES);
  const text = ({ line = 0, user, item, message: said }: BulkRecipient) => {
    const card = plain(nameIn(campaign, item), 60);
    return said ? w.lineSaying(line, who(user), card, plain(said, 60)) : w.line(line, who(user), card);
  };
  return read.length > 0 ? [w.understood, ...read.map(text)] : [];
}

const nameIn = ({ parts }: Campaign, item: string) => parts.find(({ itemCode }) => itemCode === item)?.name ?? item;

function listOf(campaign: Campaign, recipients: readonly BulkRecipient[], { bulkPeople: w }: Words): string {
  const { member, name, card, message: words } = w.columns;
  const rows = recipients.map((each) => [
    each.user,
    each.name ?? '',
    nameIn(campaign, each.item),
    each.message ?? campaign.gift.message ?? '',
  ]);
  return csv([[member, name, card, words], ...rows.map((row) => row.map(tame))]);
}

/** A file to begin with, for whoever asked for it alone. */
export function bulkTemplateView({ bulkPeople: { template: w, columns: c } }: Words): View {
  const { member, item, message: said } = w.example;
  const text = csv([
    [c.member, c.card, c.message],
    [member, item, said],
  ]);
  return message({ title: w.title, facts: w.facts, next: w.next, file: { name: 'bulk-template.csv', text } });
}

export const templateButton = ({ bulkPeople: { template: w } }: Words): Button | undefined =>
  buttonFor('bulk.template', 'csv', w.button);
