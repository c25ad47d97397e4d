import { auditTags, Problem } from '../lib/index.ts';
import { type Page, type Records, walk } from '../store/index.ts';
import type { Campaign } from './model/campaign.ts';
import { isSettled, isUntaken } from './model/state-machine.ts';

export type NewCampaign = Omit<Campaign, 'version'>;

/** `next`: where the page after it begins; missing on the last one. */
export interface CampaignPage {
  readonly campaigns: readonly Campaign[];
  readonly next?: string;
}

/** Lists: those that a running process looks after, and all of a guild. */
const ACTIVE = 'active';
export const campaignsOf = (guild: string): string => `guild/${guild}`;
const campaignsBy = (guild: string, user: string): string => `member/${guild}/${user}`;
/** What a member was offered and has not taken, and what waits for approval for them. */
const offersOf = (guild: string, user: string): string => `offers/${guild}/${user}`;
const requestsOf = (guild: string, user: string): string => `requests/${guild}/${user}`;
const awaitingIn = (guild: string): string => `awaiting/${guild}`;

/** Taken by the one campaign that repeats another. */
const repeatHold = (campaign: string): string => `follows/${campaign}`;

/** The lists a campaign stands in, and the names that it has; they follow from the campaign alone. */
export function campaignGuard(campaign: NewCampaign) {
  const { guild, requester, reference, state, follows, audited, history } = campaign;
  return {
    tags: [
      campaignsOf(guild),
      campaignsBy(guild, requester),
      ...(isSettled(campaign) && !isUntaken(campaign) ? [] : [ACTIVE]),
      ...(state === 'planned' && isUntaken(campaign) ? [offersOf(guild, requester)] : []),
      ...(state === 'awaiting_approval' ? [awaitingIn(guild), requestsOf(guild, requester)] : []),
      ...(isUntaken(campaign) ? [] : auditTags({ audited }, history.length)),
    ],
    holds: [`reference/${reference}`, ...(follows === undefined ? [] : [repeatHold(follows)])],
  };
}

/** The campaigns on record. */
export function createCampaignRepository(records: Records<Campaign>) {
  const write = (campaign: NewCampaign, seen: number) =>
    records.write(campaign.id, campaign, { seen, ...campaignGuard(campaign) });

  /**
   * Writes a new one; `rename` gives it another reference when the one it has is taken. A repetition that somebody else
   * was faster to make is given back instead.
   */
  async function create(campaign: NewCampaign, rename: () => string): Promise<Campaign> {
    const written = await write(campaign, 0);
    if (written.ok) return { ...campaign, version: written.version };
    if (written.reason === 'changed') throw new Error(`the campaign id ${campaign.id} is taken`);
    if (written.hold === `reference/${campaign.reference}`) return create({ ...campaign, reference: rename() }, rename);
    const owner = await records.get(written.owner);
    if (!owner) throw new Error(`${written.hold} is held by no campaign`);
    return owner;
  }

  /** That campaign, of which an earlier step knows that it is there. Throws `campaign_unknown` for an offer that is gone by now. */
  async function require(id: string): Promise<Campaign> {
    const campaign = await records.get(id);
    if (!campaign) throw new Problem('campaign_unknown', {});
    return campaign;
  }

  /**
   * Writes what `decide` makes of it as it is now; when somebody else was faster, decides again on what they left. The
   * same object back means: nothing to write. Throws what `decide` throws.
   */
  async function revise(id: string, decide: (campaign: Campaign) => Campaign): Promise<Campaign> {
    const campaign = await require(id);
    const decided = decide(campaign);
    if (decided === campaign) return campaign;
    const { version, ...next } = decided;
    const written = await write(next, version);
    if (written.ok) return { ...next, version: written.version };
    if (written.reason === 'held') throw new Error(`campaign ${id} has lost ${written.hold}`);
    return revise(id, decide);
  }

  return {
    get: (id: string) => records.get(id),
    require,
    create,
    revise,
    /** Takes it away for good as it was seen, and says whether it did: somebody may have moved it on. */
    remove: ({ id, version }: Campaign) => records.remove(id, version),
    /** Those that a running process looks after, newest first. */
    active: () => walk(records, ACTIVE),
    /** A page of them, of all guilds. */
    async ofAllGuilds(page: Page): Promise<CampaignPage> {
      const { records: campaigns, ...rest } = await records.tagged(ACTIVE, page);
      return { campaigns, ...rest };
    },
    /** Those of a guild that wait for approval. */
    awaiting: (guild: string) => walk(records, awaitingIn(guild)),
    /** Newest first, as many as that: what a member was offered and has not taken. */
    offers: async (guild: string, user: string, limit: number) =>
      (await records.tagged(offersOf(guild, user), { limit })).records,
    /** How many of a member's wait for approval. */
    requests: (guild: string, user: string) => records.count(requestsOf(guild, user)),
    /** The one that repeats it, once it was made. */
    async follower(id: string): Promise<Campaign | undefined> {
      const key = await records.holder(repeatHold(id));
      return key === undefined ? undefined : records.get(key);
    },
    /** Newest first: all of a guild, or those that one of its members asked for. */
    async listed(guild: string, user: string | undefined, page: Page): Promise<CampaignPage> {
      const list = user === undefined ? campaignsOf(guild) : campaignsBy(guild, user);
      const { records: campaigns, unreadable: _, ...rest } = await records.tagged(list, page);
      return { campaigns, ...rest };
    },
  };
}

export type CampaignRepository = ReturnType<typeof createCampaignRepository>;
