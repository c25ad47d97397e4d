import type { Member } from '../../lib/index.ts';
import { renewMessage } from '../../outbox/index.ts';
import { requireOpenChannel } from '../../policy/index.ts';
import { walk } from '../../store/index.ts';
import { takeToSteering } from '../claim/sides.ts';
import type { CampaignsContext } from '../context.ts';
import { campaignViewerOf, requireCampaign, requireOpen } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';
import { isOver, notedCampaign } from '../model/state-machine.ts';
import { messageTags, OPEN_MESSAGES, openOf } from './record.ts';

// The channel in which a campaign's own messages stand: lost, found again, or another one.

/** Discord is asked only where the bot does not see the channel. */
const LOOKS_EVERY_MS = 15_000;

/** Records when the channel of a campaign is no more, or closed to Cardigan, and when it is back. */
export async function watchPlace(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  const { id, guild, place, state, lostPlace } = campaign;
  const at = ctx.clock.now();
  const { placesSeen } = ctx.memory;
  if (isOver(state) || at < (placesSeen.get(id) ?? Number.NEGATIVE_INFINITY) + LOOKS_EVERY_MS) return campaign;
  placesSeen.set(id, at);
  const { is } = await ctx.places.channel(guild, place);
  const isLost = is === 'closed' || is === 'gone';
  if (is === 'unknown' || isLost === (lostPlace !== undefined)) return campaign;
  return ctx.campaigns.revise(id, (current) => {
    const isSame = current.place === place && isLost !== (current.lostPlace !== undefined);
    if (!isSame || isOver(current.state)) return current;
    const { lostPlace: _, ...found } = current;
    return isLost
      ? notedCampaign(current, { at, by: 'cardigan', why: 'place_lost' }, { lostPlace: { at } })
      : notedCampaign(found, { at, by: 'cardigan', why: 'place_back' });
  });
}

/** Its messages stand in another channel from now on. Throws a Problem where Cardigan may not write there. */
export async function movePlace(ctx: CampaignsContext, id: string, member: Member, to: string): Promise<Campaign> {
  const seen = await requireCampaign(ctx, id, member);
  const viewer = await campaignViewerOf(ctx, seen, member);
  const { user: by } = member;
  requireOpen(ctx, seen, viewer, 'move');
  await requireOpenChannel(ctx.places, seen.guild, to);
  // Whoever chooses where it goes on chooses who reads of it.
  await takeToSteering(ctx, seen, by);
  const moved = await ctx.campaigns.revise(id, (current) => {
    requireOpen(ctx, current, viewer, 'move');
    const { lostPlace: _, ...found } = current;
    return notedCampaign(found, { at: ctx.clock.now(), by, why: 'moved', detail: to }, { place: to });
  });
  const { messageRecords: records, clock } = ctx;
  const outbox = { records, open: OPEN_MESSAGES, tagsOf: messageTags, clock };
  // What could not be written where they stood waited longer each time.
  for await (const record of walk(ctx.messageRecords, openOf(id))) await renewMessage(outbox, record);
  return moved;
}
