import Big from 'big.js';
import type { Need } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign, Part, State } from '../model/campaign.ts';
import { dueFor } from '../model/entry.ts';
import { statsOf } from './stats.ts';

/** Somebody has said yes to them, and they buy, or will once nothing is in their way. */
const spending: readonly State[] = ['scheduled', 'running', 'paused', 'halted', 'closing'];

/** What campaigns that were decided about may still cost, as they stand now. */
export async function upcomingNeeds(ctx: CampaignsContext): Promise<Need[]> {
  const needs: Need[] = [];
  for await (const campaign of ctx.campaigns.active()) {
    if (!spending.includes(campaign.state)) continue;
    const { reference, kind, startsAt, startedAt } = campaign;
    const amount = await amountLeft(ctx, campaign);
    if (amount.gt(0))
      needs.push({
        reference,
        kind,
        startsAt: startedAt === undefined ? startsAt : undefined,
        amount: amount.toFixed(),
      });
  }
  return needs;
}

async function amountLeft(ctx: CampaignsContext, campaign: Campaign): Promise<Big> {
  const { id, parts, startedAt, kind } = campaign;
  if (startedAt === undefined) return sumOf(parts, (part) => part.quantity);
  // Whoever is to get a card of a bulk send stands in the list of that card until it is ordered.
  if (kind === 'bulk' || campaign.state === 'closing') {
    const due = await Promise.all(parts.map((_, number) => ctx.entries.count(dueFor(id, number))));
    return sumOf(parts, (_, number) => due[number] ?? 0);
  }
  // All others give cards of one kind.
  const { sent, waiting, onWay, pool, unclear } = await statsOf(ctx, campaign);
  return sumOf(parts.slice(0, 1), () => Math.max(0, campaign.places - (sent + waiting + onWay + pool + unclear)));
}

const sumOf = (parts: readonly Part[], count: (part: Part, number: number) => number): Big =>
  parts.reduce((sum, part, number) => sum.plus(new Big(part.each.amount).times(count(part, number))), new Big(0));
