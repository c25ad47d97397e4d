import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import type { Entry } from '../rewards/entry.ts';
import { campaignWhat } from './campaign-panel.ts';
import { clipped } from './text.ts';
import type { View } from './view.ts';
import { menuRow, message } from './view.ts';

/** Discord's menus have no room for more. */
export const MOST_TO_REPLACE = 25;

export interface Replaceable extends Entry {
  /** As the server shows them, where it does. */
  readonly name?: string | undefined;
}

/** Whoever was drawn and has not claimed, to pick one who gives way. `more`: those who found no room. */
export function replacingView(
  campaign: Campaign,
  { winners, more }: { winners: readonly Replaceable[]; more: number },
  words: Words,
): View {
  const { replacing: w } = words;
  const { id, reference } = campaign;
  const facts = [campaignWhat(campaign, words)];
  if (winners.length === 0) return message({ title: w.none, reference, facts, next: w.noneNext });
  const options = winners.map(({ user, name, rank = 0, until }) => ({
    label: w.option(clipped(name ?? w.unknown(user), 60), rank),
    value: user,
    ...(until !== undefined && { description: w.until(timeText(until)) }),
  }));
  return message({
    ...{ title: w.title, reference, next: w.next },
    facts: [...facts, more > 0 ? w.more(more) : undefined],
    rows: [menuRow(`campaign.replaced:${id}`, w.pick, options)],
  });
}

/** Menus show no Discord timestamps. */
const timeText = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
