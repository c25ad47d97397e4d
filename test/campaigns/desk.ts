import { approve, reject } from '../../src/campaigns/approve.ts';
import { claimDrop, claimWon } from '../../src/campaigns/claim/claim.ts';
import { ask, confirm } from '../../src/campaigns/confirm.ts';
import { createContext } from '../../src/campaigns/context.ts';
import { draw, drawFileOf, replaceWinner } from '../../src/campaigns/draw/draw.ts';
import { createCampaigns } from '../../src/campaigns/index.ts';
import * as manage from '../../src/campaigns/manage.ts';
import { type Campaign, campaignSchema } from '../../src/campaigns/model/campaign.ts';
import { type Entry, entriesOf } from '../../src/campaigns/model/entry.ts';
import type { CampaignBoard, CampaignContent } from '../../src/campaigns/model/ports.ts';
import { type CampaignWish, newCampaignId, plan as planCampaign } from '../../src/campaigns/plan/plan.ts';
import { exportRows } from '../../src/campaigns/report/export.ts';
import { advanceSoon } from '../../src/campaigns/run/worker.ts';
import { createAccount } from '../../src/catalog/account.ts';
import { bind } from '../../src/lib/bind.ts';
import type { Directory, Member, MemberFacts } from '../../src/lib/member.ts';
import { money, times } from '../../src/lib/money.ts';
import type { Order } from '../../src/orders/model/order.ts';
import type { Posting } from '../../src/outbox/outbox.ts';
import { shown } from '../orders/campaign.ts';
import { anna, type Desk, type DeskOptions, openDesk } from '../orders/desk.ts';
import { type Outside, openProcess } from '../orders/outside.ts';
import { ITEM } from '../orders/vendor.ts';
import { createScriptedPlaces } from '../policy/places.ts';

export { anna, ben, cleo, lastOf, olga, problemOf } from '../orders/desk.ts';
export { ITEM, OTHER_ITEM, refusal } from '../orders/vendor.ts';

const DAY_MS = 24 * 60 * 60_000;
/** By the scripted clock's start: whoever is not said to be otherwise has been here for long. */
const LONG_AGO = Date.UTC(2020, 0, 1);
const NO_CHANGE = (outside: Outside) => outside;

/** Each of them as `find` finds them. */
export async function manyBy<T>(find: (user: string) => Promise<T>, users: readonly string[]): Promise<Map<string, T>> {
  return new Map(await Promise.all(users.map(async (user) => [user, await find(user)] as const)));
}

/** The members of the desk's guild. Whoever has not left is one; what is known of them is in the test's hands. */
function createScriptedDirectory({ guild }: Pick<Desk, 'guild'>) {
  const state = {
    canListMembers: true,
    /** Facts about some of them, beside those that `guild.members` has. */
    facts: new Map<string, Partial<MemberFacts>>(),
    /** Who has a name. Anybody else is found by no name. */
    names: new Map<string, readonly string[]>(),
    /** Everybody who may have a role: `withRole` looks through these. */
    listed: [] as string[],
    /** How often somebody was asked about. */
    asked: 0,
    /** By message: who reacted, with what. */
    reactions: new Map<string, readonly (readonly [user: string, emoji: string])[]>(),
  };

  async function find(id: string, user: string): Promise<MemberFacts | 'none' | 'unknown'> {
    state.asked += 1;
    if (!guild.isKnown) return 'unknown';
    if (guild.left.has(user)) return 'none';
    const known = guild.members.get(user) ?? { user, isManager: false, roles: [] };
    const past = { createdAt: LONG_AGO, joinedAt: LONG_AGO };
    return { ...known, guild: id, ...past, ...state.facts.get(user) };
  }

  const directory: Directory = {
    get canListMembers() {
      return state.canListMembers;
    },
    find,
    findMany: async (id, users) => manyBy((user) => find(id, user), users),
    async named(id, name) {
      const found = await Promise.all((state.names.get(name) ?? []).map((user) => find(id, user)));
      return found.includes('unknown') ? 'unknown' : found.filter((each) => typeof each !== 'string');
    },
    async *withRole(id, role) {
      for (const user of state.listed) {
        const member = await find(id, user);
        if (typeof member !== 'string' && member.roles?.includes(role)) yield member;
      }
    },
    async *reacted(_, { message }, emoji) {
      for (const [user, by] of state.reactions.get(message) ?? []) if (emoji === undefined || emoji === by) yield user;
    },
  };
  return Object.assign(state, { directory });
}

/** Keeps what is said of campaigns, and takes no two messages with the same nonce. */
export function createScriptedCampaignBoard() {
  const state = {
    messages: [] as (Posting & { said: CampaignContent[] })[],
    /** Called before a message is posted, edited or taken away; may throw. */
    before: async (_what: 'post' | 'edit' | 'remove'): Promise<unknown> => undefined,
    /** Called after it was, before anybody learns of it. */
    after: async (_what: 'post' | 'edit' | 'remove'): Promise<unknown> => undefined,
    hasChannel: true,
    deleted: new Set<string>(),
  };
  const campaignBoard: CampaignBoard = {
    async post(content, how) {
      await state.before('post');
      if (!state.hasChannel) return undefined;
      const known = state.messages.findIndex(({ nonce }) => nonce === how.nonce);
      const at = known >= 0 ? known : state.messages.push({ ...how, said: [content] }) - 1;
      await state.after('post');
      return { channel: 'place', message: String(at) };
    },
    async edit({ message }, content) {
      await state.before('edit');
      if (state.deleted.has(message)) return false;
      state.messages[Number(message)]?.said.push(content);
      await state.after('edit');
      return true;
    },
    async remove(content, place) {
      await state.before('remove');
      const at = place ? Number(place.message) : state.messages.findIndex(isThat(content));
      if (state.messages[at]) state.deleted.add(String(at));
      await state.after('remove');
    },
  };
  const isThat =
    (content: CampaignContent) =>
    ({ said: [first] }: { said: CampaignContent[] }) =>
      first?.kind === 'reminder' &&
      content.kind === 'reminder' &&
      first.campaign.id === content.campaign.id &&
      first.number === content.number;
  return Object.assign(state, {
    campaignBoard,
    /** All messages of a kind, each as it reads now. */
    now: <K extends CampaignContent['kind']>(kind: K) =>
      state.messages
        .map(({ said }) => said.at(-1))
        .filter((content): content is Extract<CampaignContent, { kind: K }> => content?.kind === kind),
  });
}

/** What people do, step by step: nothing goes on by itself before a test has it `movedOn`. */
const steps = {
  ...{ confirm, ask, approve, reject, claimDrop, claimWon, ...manage },
  ...{ advanceSoon, draw, drawFileOf, replaceWinner, exportRows },
};

export type RewardDesk = Awaited<ReturnType<typeof openRewardDesk>>;

/** The real campaigns over the desk of the orders, with everything outside in the test's hands. */
export async function openRewardDesk(options: DeskOptions = {}) {
  const desk = await openDesk({ caps: { order: '100000', day: '500000' }, ...options });
  desk.vendor.balance = money('100000', 'USD');
  const members = createScriptedDirectory(desk);
  const { directory } = members;
  const board = createScriptedCampaignBoard();
  const scripted = createScriptedPlaces();
  /** As another process of the same bot has it; `wrap` stands between it and the outside. */
  function openCampaigns(wrap = NO_CHANGE) {
    const outside = wrap({ ...desk.outside, members: directory });
    const { approvals, orders } = openProcess(outside);
    const deps = {
      ...{ ...outside, ...approvals, orders },
      places: scripted.places,
      account: createAccount(outside),
      campaignBoard: board.campaignBoard,
      directory: Object.assign(Object.create(directory), {
        find: outside.members.find,
        findMany: (id: string, users: readonly string[]) => manyBy((user) => outside.members.find(id, user), users),
      }),
    };
    const ctx = createContext(deps);
    const face = createCampaigns(deps, ctx);
    return { orders, ctx, face, campaigns: { ...face, ...bind(ctx, steps) } };
  }
  const { orders, ctx, face, campaigns } = openCampaigns();
  const records = desk.store.records('campaigns', campaignSchema);
  const said = board;
  return {
    ...desk,
    ...orders,
    orders,
    ctx,
    face,
    campaigns,
    members,
    records,
    openCampaigns,
    said,
    /** Of those that are not open. */
    channels: scripted.channels,
  };
}

type Wish = Partial<CampaignWish>;

/** So many cards in all, as anna would give them, not confirmed yet. */
export async function plan(desk: RewardDesk, wish: Wish = {}): Promise<Campaign> {
  return planCampaign(desk.ctx, {
    ...{ kind: 'drop', member: anna, channel: 'channel', place: 'channel', locale: 'en' },
    ...{ items: [{ itemCode: ITEM, quantity: 3 }], gift: { receipt: 'private' } },
    ...wish,
  });
}

/** A bulk send of one card each to these, each of the part that `partOf` says, not confirmed yet. */
export async function planBulk(
  desk: RewardDesk,
  users: readonly string[],
  { partOf = () => 0, ...wish }: Wish & { partOf?: (at: number) => number } = {},
): Promise<Campaign> {
  const { entries } = desk.ctx;
  const id = newCampaignId(desk.ctx);
  const at = desk.clock.now();
  for (const [index, user] of users.entries())
    await entries.put({ campaign: id, user, state: 'due', at, part: partOf(index) });
  const items = [{ itemCode: ITEM, quantity: users.length }];
  return plan(desk, { kind: 'bulk', items, ...wish, id });
}

/** A giveaway whose entries are taken for a day. */
export const planGiveaway = (desk: RewardDesk, winners: number, wish: Wish = {}) =>
  plan(desk, {
    ...{ kind: 'giveaway', items: [{ itemCode: ITEM, quantity: winners }] },
    ...{ endsAt: desk.clock.now() + DAY_MS, claimWithinMs: DAY_MS },
    ...wish,
  });

/** Its requester confirms it, and it goes as far as it goes now. */
export async function confirmed(desk: RewardDesk, { id }: Campaign, member: Member = anna) {
  await desk.campaigns.confirm(id, member);
  return movedOn(desk, id);
}

/** As it stands when nothing more can be done now. */
export async function movedOn(
  desk: RewardDesk,
  id: string,
  { campaigns }: Pick<RewardDesk, 'campaigns'> = desk,
): Promise<Campaign> {
  campaigns.advanceSoon(id);
  await campaigns.settled();
  return campaignNow(desk, id);
}

export async function campaignNow({ records }: RewardDesk, id: string): Promise<Campaign> {
  const campaign = await records.get(id);
  if (!campaign) throw new Error('no such campaign');
  return campaign;
}

/** Everybody's place in it, first come first. */
export async function entriesNow({ ctx }: RewardDesk, id: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of ctx.entries.walk(entriesOf(id))) found.unshift(entry);
  return found;
}

/** How many are in each state: `{ due: 1, ordered: 2 }`. */
export async function counted(desk: RewardDesk, id: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of await entriesNow(desk, id)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** All orders that were made for it, oldest first. */
export async function ordersOf({ orderRecords }: RewardDesk, id: string): Promise<Order[]> {
  const { records } = await orderRecords.tagged(`campaign/${id}`, { limit: 1_000 });
  return records.toReversed();
}

/** How many cards reached whom: those of campaigns as everybody presses Reveal and has theirs shown, all others by direct message. */
export async function received(desk: RewardDesk): Promise<Record<string, number>> {
  const cards: Record<string, number> = {};
  const add = (user: string, count: number) => {
    cards[user] = (cards[user] ?? 0) + count;
  };
  for (const { recipient, codes } of desk.post.parcels) add(recipient, codes.length);
  const { records: campaigns } = await desk.records.tagged('guild/guild', { limit: 1_000 });
  for (const { id } of campaigns) for (const { user, codes } of await revealedOf(desk, id)) add(user, codes.length);
  return cards;
}

/** What everybody sees who presses for their card of a campaign, and that they have seen it. */
export async function revealedOf(desk: RewardDesk, campaign: string): Promise<{ user: string; codes: string[] }[]> {
  const seen: { user: string; codes: string[] }[] = [];
  for (const order of await ordersOf(desk, campaign))
    for (const user of holdersOf(order))
      seen.push({ user, codes: (await shown(desk, order, user)).map(({ code }) => code) });
  return seen;
}

const holdersOf = ({ cards }: Order) => new Set(cards.flatMap(({ recipient }) => recipient ?? []));

/** How many cards were paid for, by the vendor's books. */
export const bought = ({ vendor }: RewardDesk): number =>
  vendor.committed.reduce((sum, { quantity }) => sum + quantity, 0);

/** So many members, in a row. */
export const crowd = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `member ${from + index}`);

/** What so many cards at this price come to, as the ledger writes it. */
export const worth = ({ parts: [part] }: Campaign, count: number): string =>
  part ? times(part.each, count).amount : '0';
