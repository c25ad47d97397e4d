import type { Campaign } from '../../src/campaigns/model/campaign.ts';
import { type CampaignWish, newCampaignId, plan } from '../../src/campaigns/plan/plan.ts';
import type { BotProcess } from './bot-process.ts';
import { people } from './people.ts';
import { as, presses, resume, reveal, settledPress, unlessRefused } from './presses.ts';
import type { World } from './world.ts';

export interface CampaignPressing {
  readonly world: World;
  readonly process: BotProcess;
  readonly user: string;
  /** The campaign that is pressed on, where there is one. */
  readonly id: string | undefined;
  /** How many cards, and such. */
  readonly much: number;
}

const SECOND = 1_000;
const HOUR = 3600 * SECOND;
/** Who comes along and approves what needs it, with the right to or without. */
const crowd = ['olga', 'dora', 'ben', 'anna', 'cleo'];

/** Its requester says yes or, where that is not enough, has others asked, who are at hand. */
async function decide(pressing: CampaignPressing, id: string): Promise<void> {
  const { campaigns } = pressing.process;
  const mine = async (press: 'confirm' | 'ask') => campaigns[press](id, as(pressing, press, id));
  if (await unlessRefused(mine('confirm'))) return;
  await mine('ask');
  for (const user of crowd) {
    const approve = async () => campaigns.approve(id, as({ ...pressing, user }, 'approve', id));
    const approved = await unlessRefused(approve());
    if (approved && approved.state !== 'awaiting_approval') return;
  }
}

type Wish = Pick<CampaignWish, 'kind'> & Partial<CampaignWish>;

async function begin(pressing: CampaignPressing, wish: Wish, places = 2 + (pressing.much % 3)) {
  await resume(pressing);
  const campaign = await plan(pressing.process.campaignsContext, {
    ...{ member: as(pressing, 'plan'), channel: 'channel', place: 'channel', locale: 'en-US' },
    ...{ items: [{ itemCode: 'BIG', quantity: places }], gift: { receipt: 'private' } },
    ...wish,
  });
  await decide(pressing, campaign.id);
  // Most of the time people are there when it begins.
  const begun = pressing.world.facts.campaigns.get(campaign.id);
  if (begun && begun.kind !== 'bulk' && pressing.much > 0) await claimAll(pressing, begun);
  return campaign;
}

/** Of which nobody hears before whoever asked for it takes it back. */
async function takenBack(pressing: CampaignPressing): Promise<void> {
  const drop = { kind: 'drop', buysAtStart: true, ...endsIn(pressing, 2 * HOUR) } as const;
  const campaign = await begin({ ...pressing, much: 0 }, drop);
  await pressing.process.campaigns.settled();
  await scheme(pressing, campaign);
}

/**
 * Whoever asked for a drop of cards that are bought at its start, and that few have claimed, takes it back, and asks for
 * the same cards.
 */
async function scheme(pressing: CampaignPressing, { id, requester, places }: Campaign): Promise<void> {
  const own = { ...pressing, user: requester };
  const end = pressing.much % 2 === 0 ? 'cancel' : 'endEarly';
  await pressing.process.campaigns[end](id, as(own, end, id));
  // Once it is over, what nobody claimed is on hand.
  await pressing.process.campaigns.settled();
  await presses.buy({ ...own, id: undefined, wanted: { item: 'BIG', quantity: Math.min(places, 1 + (own.much % 2)) } });
}

const endsIn = ({ world }: CampaignPressing, ms: number) => ({
  endsAt: world.scheduler.now() + ms,
});

/** Everybody it is to go to has a place before it is offered. */
async function send(pressing: CampaignPressing): Promise<void> {
  const { campaignsContext: ctx } = pressing.process;
  const others = people.map(({ user }) => user).filter((user) => user !== pressing.user);
  const to = others.slice(0, 2 + (pressing.much % 3));
  const campaign = newCampaignId(ctx);
  const at = pressing.world.scheduler.now();
  for (const user of to) await ctx.entries.put({ campaign, user, state: 'due', at, part: 0 });
  await begin(pressing, { kind: 'bulk', id: campaign }, to.length);
}

/** The button of its message: claims, enters, or takes what was won. */
async function claim(pressing: CampaignPressing, { id, kind }: Campaign) {
  const { world, process, user } = pressing;
  const { campaigns } = process;
  const member = world.guild.press(user, 'claim', id);
  const hasWon = world.facts.places.get(`${id}.${user}`)?.state === 'won';
  if (kind === 'drop') await campaigns.claimDrop(id, member);
  else if (hasWon) await campaigns.claimWon(id, member);
  else await campaigns.enterGiveaway(id, member);
  // As the press goes on: the code is shown in its own answer.
  if (kind === 'drop' || hasWon) await seeOwn(pressing, id);
}

/** Waits for their card, and sees it, as long as their press is answered. */
async function seeOwn(pressing: CampaignPressing, id: string): Promise<void> {
  const { world, process, user } = pressing;
  const member = world.guild.press(user, 'claim', id);
  for await (const status of process.campaigns.followClaim(id, member))
    if (status.is === 'here') return process.campaigns.fetchCard(id, member, (order) => reveal(pressing, order));
}

/** The button of a bulk send's message. */
const fetchOwn: OnCampaign = (pressing, { id }) => {
  const { world, process, user } = pressing;
  return process.campaigns.fetchCard(id, world.guild.press(user, 'fetch', id), (order) => reveal(pressing, order));
};

/** Everybody at once, each through a process that is there. Whoever may not is told so. */
async function claimAll(pressing: CampaignPressing, campaign: Campaign): Promise<void> {
  const awake = pressing.world.awake();
  const first = pressing.much % people.length;
  for (const at of people.keys()) {
    const { user = '' } = people[(first + at) % people.length] ?? {};
    const process = awake[at % awake.length] ?? pressing.process;
    settledPress(pressing.world, 'claim', claim({ ...pressing, user, process }, campaign));
  }
}

/** Whoever runs it takes the place of somebody who has not claimed yet. */
async function replace(pressing: CampaignPressing, { id }: Campaign): Promise<void> {
  const member = as(pressing, 'replace', id);
  const places = [...pressing.world.facts.places.values()];
  const winner = places.find(({ campaign, state }) => campaign === id && state === 'won');
  await pressing.process.campaigns.replace(id, member, winner?.user ?? 'nobody');
}

const steer =
  (action: 'pause' | 'goOn' | 'endEarly' | 'cancel') =>
  async (pressing: CampaignPressing, { id }: Campaign): Promise<void> => {
    await pressing.process.campaigns[action](id, as(pressing, action, id));
  };

/** The rest at the price of now, confirmed at once. */
const again =
  (action: 'reprice' | 'tryAgain') =>
  async (pressing: CampaignPressing, { id, requester }: Campaign): Promise<void> => {
    const own = { ...pressing, user: requester };
    await pressing.process.campaigns[action](id, as(own, action, id));
    await decide(own, id);
  };

/** Another end, for whoever may want one. */
async function moveEnd(pressing: CampaignPressing, { id }: Campaign): Promise<void> {
  const endsAt = pressing.world.scheduler.now() + (1 + pressing.much) * HOUR;
  await pressing.process.campaigns.edit(id, as(pressing, 'edit', id), { endsAt });
}

/** Somebody who would be on both sides, by two processes at the same moment. */
async function enterAndSteer(pressing: CampaignPressing, campaign: Campaign): Promise<void> {
  const { world, much } = pressing;
  const awake = world.awake();
  const process = awake[awake.indexOf(pressing.process) === 0 ? 1 : 0] ?? pressing.process;
  settledPress(world, 'claim', claim({ ...pressing, process }, campaign));
  const ways = [moveEnd, replace, steer('endEarly'), steer('pause')];
  await ways[much % ways.length]?.(pressing, campaign);
}

type OnCampaign = (pressing: CampaignPressing, campaign: Campaign) => Promise<unknown>;

/** On one that there is; of those that go on, where any does. */
const on =
  (press: OnCampaign) =>
  async (pressing: CampaignPressing): Promise<void> => {
    const campaign = pressing.id && pressing.world.facts.campaigns.get(pressing.id);
    if (campaign) await press(pressing, campaign);
  };

export const campaignPresses = {
  drop: (pressing) => begin(pressing, { kind: 'drop', ...endsIn(pressing, 2 * HOUR) }),
  'drop bought at its start': (pressing) =>
    begin(pressing, { kind: 'drop', buysAtStart: true, ...endsIn(pressing, 2 * HOUR) }),
  'drop taken back': takenBack,
  scheme: on(scheme),
  'drawn drop': (pressing) => begin(pressing, { kind: 'drop', drawSeconds: 5, ...endsIn(pressing, 2 * HOUR) }),
  giveaway: (pressing) =>
    begin(pressing, { kind: 'giveaway', claimWithinMs: 3 * HOUR, ...endsIn(pressing, 60 * SECOND) }, 2),
  bulk: send,
  claim: on(claim),
  'claim all': on(claimAll),
  fetch: on(fetchOwn),
  leave: on(({ process, world, user }, { id }) =>
    process.campaigns.leaveGiveaway(id, world.guild.press(user, 'leave', id)),
  ),
  replace: on(replace),
  'move the end': on(moveEnd),
  'enter and steer': on(enterAndSteer),
  pause: on(steer('pause')),
  'go on': on(steer('goOn')),
  'end early': on(steer('endEarly')),
  'call off': on(steer('cancel')),
  reprice: on(again('reprice')),
  retry: on(again('tryAgain')),
  confirm: on((pressing, { id }) => pressing.process.campaigns.confirm(id, as(pressing, 'confirm', id))),
  approve: on((pressing, { id }) => pressing.process.campaigns.approve(id, as(pressing, 'approve', id))),
  reject: on((pressing, { id }) => pressing.process.campaigns.reject(id, as(pressing, 'reject', id), 'No')),
} satisfies Record<string, (pressing: CampaignPressing) => Promise<unknown>>;
export type CampaignPress = keyof typeof campaignPresses;

export function pressOnCampaign(press: CampaignPress, pressing: CampaignPressing): void {
  const made: Promise<unknown> = campaignPresses[press](pressing);
  settledPress(pressing.world, press, made);
}
