import type { Place, Posting } from '../../outbox/index.ts';
import type { News } from '../messages/news.ts';
import type { Campaign } from './campaign.ts';
import type { Stats } from './entry.ts';

/** What came of a draw, for everybody to read, and the file by which anybody can repeat it. */
export interface DrawShown {
  /** By their place in the ranking. */
  readonly winners: readonly string[];
  readonly file: string;
}

/** What a message of a campaign says now. */
export type CampaignContent =
  /** `since`: the step by which it was asked. `approvers`: as those of a notice. */
  | { kind: 'approval'; campaign: Campaign; since: number; approvers: readonly string[] }
  /** `card`: the approval's. `isDue`: it waits still, and the next reminder has not come. */
  | {
      kind: 'reminder';
      campaign: Campaign;
      since: number;
      number: number;
      card: Place;
      isDue: boolean;
    }
  | { kind: 'main'; campaign: Campaign; tally: Stats; drawn?: DrawShown }
  /** `isOpen`: at least one of them has not claimed yet, and still may. */
  | ({ kind: 'winners'; isOpen: boolean } & Call)
  /** `isOpen`: the card of at least one of them waits still. */
  | ({ kind: 'waits'; isOpen: boolean; reference: string } & Call)
  /** To whoever runs it. */
  | { kind: 'word'; campaign: Campaign; news: News; tally: Stats };

interface Call {
  campaign: Campaign;
  /** From 1: people who come later are called by a message of their own. */
  number: number;
  users: readonly string[];
  /** Until when they may claim. */
  until?: number | undefined;
}

/** Where messages of campaigns are read: in their channels, and in the direct messages of whoever runs them. */
export interface CampaignBoard {
  /** Nothing when the bot may not write where it belongs. Rejects when Discord did not take it. */
  post(content: CampaignContent, how: Posting): Promise<Place | undefined>;
  /** Pings nobody. False when the message is no more. Rejects when Discord did not take the edit. */
  edit(place: Place, content: CampaignContent): Promise<boolean>;
  /** Takes away one that is past. Nobody need know where it is: then it is looked for. Rejects when Discord did not take it. */
  remove(content: CampaignContent, place: Place | undefined): Promise<void>;
}
