import type { Campaign, Entry } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { menuRow, message, type View } from '../kit/message.ts';
import { type ListPage, pickListView } from '../kit/page.ts';
import { clipped, dotted, moment, who } from '../kit/text.ts';
import { campaignWhat } from './facts.ts';

interface CampaignList extends ListPage {
  readonly campaigns: readonly Campaign[];
  /** Who looks: of what they asked for themselves, it is not said by whom it is. */
  readonly user: string;
}

/** Campaigns, newest first, with a menu to open one. */
export function campaignListView(list: CampaignList, words: Words): View {
  const { campaignList: w, campaignPanel } = words;
  const { campaigns, user } = list;
  if (campaigns.length === 0) return message({ title: w.none, next: w.noneNext });
  const rows = campaigns.map((campaign) => rowText(campaign, user, words));
  const options = campaigns.map((campaign) => ({
    label: w.option(campaignWhat(campaign, words, asItIs), campaign.reference),
    value: campaign.id,
    description: w.optionHint(campaignPanel.state[campaign.state], campaign.charged),
  }));
  const { title, next, pick } = w;
  return pickListView({ verbs: 'campaigns', title, rows, next, pick, options }, list, words);
}

/** In a menu nothing formats. */
const asItIs = (name: string) => name;

function rowText(campaign: Campaign, user: string, words: Words): string {
  const { campaignList: w, campaignPanel } = words;
  const { charged, state, reference, requester, startsAt = 0, history } = campaign;
  const what = campaignWhat(campaign, words);
  return dotted(
    w.row(what, charged, campaignPanel.state[state], reference),
    requester !== user && w.by(who(requester)),
    state === 'scheduled'
      ? w.starts(moment(startsAt, 'R'))
      : moment(history[0]?.at ?? startsAt, 'R'),
  );
}

/** Discord's menus have no room for more. */
export const MOST_TO_REPLACE = 25;

interface Replaceable extends Entry {
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
  const what = campaignWhat(campaign, words);
  if (winners.length === 0)
    return message({ title: w.none, reference, facts: [what], next: w.noneNext });
  const options = winners.map(({ user, name, rank = 0, until }) => ({
    label: w.option(clipped(name ?? w.unknown(user), 60), rank),
    value: user,
    ...(until !== undefined && { description: w.until(timeText(until)) }),
  }));
  return message({
    title: w.title,
    reference,
    facts: [what, more > 0 && w.more(more)],
    next: w.next,
    rows: [menuRow(`campaign.replaced:${id}`, w.pick, options)],
  });
}

/** Menus show no Discord timestamps. */
const timeText = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
