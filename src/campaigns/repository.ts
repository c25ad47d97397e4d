import { auditTags } from '../lib/index.ts';
import { type Page, type Records, walk } from '../store/index.ts';
import type { Campaign } from './model/campaign.ts';
import { isSettled } from './model/state-machine.ts';

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
      ...(isSettled(campaign) ? [] : [ACTIVE]),
      ...(state === 'awaiting_approval' ? [awaitingIn(guild)] : []),
      ...auditTags({ audited }, history.length),
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

  /** That campaign, of which an earlier step knows that it is there. */
  async function require(id: string): Promise<Campaign> {
    const campaign = await records.get(id);
    if (!campaign) throw new Error(`no campaign has the id ${id}`);
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
    /** Those that a running process looks after, newest first. */
    active: () => walk(records, ACTIVE),
    /** Those of a guild that wait for approval. */
    awaiting: (guild: string) => walk(records, awaitingIn(guild)),
    /** The one that repeats it, once it was made. */
    async follower(id: string): Promise<Campaign | undefined> {
      const key = await records.holder(repeatHold(id));
      return key === undefined ? undefined : records.get(key);
    },
    /** Newest first: all of a guild, or those that one of its members asked for. */
    async listed(guild: string, user: string | undefined, page: Page): Promise<CampaignPage> {
      const list = user === undefined ? campaignsOf(guild) : campaignsBy(guild, user);
      const { records: campaigns, ...rest } = await records.tagged(list, page);
      return { campaigns, ...rest };
    },
  };
}

export type CampaignRepository = ReturnType<typeof createCampaignRepository>;
