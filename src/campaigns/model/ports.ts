import type { Place, Posting } from '../../outbox/index.ts';
import type { News } from '../messages/news.ts';
import type { CampaignAbout } from '../messages/record.ts';
import type { Campaign } from './campaign.ts';
import type { Entry, Stats } from './entry.ts';

/** What came of a draw, for everybody to read, and the file by which anybody can repeat it. */
export interface DrawShown {
  /** By their place in the ranking. */
  readonly winners: readonly string[];
  readonly file: string;
}

/** What has become of somebody who was called to claim. */
export interface WinnerNow extends Pick<Entry, 'user' | 'why'> {
  readonly is: 'claimed' | 'unclaimed' | 'failed';
}

/** What a message of a campaign says now. */
export type CampaignContent =
  /**
   * `approvers`: as those of a notice. `users`: to whom a bulk send goes, the first of them, where everybody may read that.
   * `tally`: of one that was approved, and ends with what became of it.
   */
  | (About<'approval'> & { approvers: readonly string[]; users?: readonly string[]; tally?: Stats })
  /** `isDue`: it waits still, and the next reminder has not come. */
  | (About<'reminder'> & { isDue: boolean })
  | (About<'main'> & { tally: Stats; drawn?: DrawShown })
  /** `isOpen`: at least one of them has not claimed yet, and still may. `became`: of each, once nobody may any more. */
  | (About<'winners'> & { isOpen: boolean; became?: readonly WinnerNow[] })
  /** `isOpen`: the card of at least one of them waits still. */
  | (About<'waits'> & { isOpen: boolean })
  /** That its channel is no more. `isOpen`: it still is so, and matters. */
  | (About<'lost'> & { isOpen: boolean })
  /** To whoever runs it. */
  | { kind: 'word'; campaign: Campaign; news: News; tally: Stats };

/** As it is on record, with its campaign as it is now. */
type About<Kind extends CampaignAbout['kind']> = Omit<Extract<CampaignAbout, { kind: Kind }>, 'campaign' | 'order'> & {
  campaign: Campaign;
};

/** Where messages of campaigns are read: in their channels, and in the direct messages of whoever runs them. */
export interface CampaignBoard {
  /** Nothing when the bot may not write where it belongs. Rejects when Discord did not take it. */
  post(content: CampaignContent, how: Posting): Promise<Place | undefined>;
  /** Pings nobody. False when the message is no more. Rejects when Discord did not take the edit. */
  edit(place: Place, content: CampaignContent): Promise<boolean>;
  /** Takes away one that is past. Nobody need know where it is: then it is looked for. Rejects when Discord did not take it. */
  remove(content: CampaignContent, place: Place | undefined): Promise<void>;
}
