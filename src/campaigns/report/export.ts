import type { Member } from '../../lib/index.ts';
import type { Card, Order, Orders } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import { requireOpenCampaign } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';
import { type Entry, entriesOf } from '../model/entry.ts';

/** What is on record of somebody's place in a campaign and their card of it: states and times, never a code. */
export interface ExportRow extends Readonly<Pick<Entry, 'user' | 'state' | 'why' | 'at' | 'rank'>> {
  readonly card: string;
  readonly order?: ReturnType<typeof factsFor>;
}

/** The campaign as whoever may see to it can have it in a file. Throws a Problem for anybody else. */
export async function exportCampaign(ctx: CampaignsContext, id: string, member: Member) {
  const campaign = await requireOpenCampaign(ctx, id, member, 'export');
  return { campaign, rows: exportRows(ctx, campaign) };
}

/** One for each who has a place in it, who came last first; as many in memory as a page of the store has. */
export async function* exportRows(
  { entries, orders }: CampaignsContext,
  { id, parts }: Campaign,
): AsyncGenerator<ExportRow, void> {
  const orderOf = createOrderReader(orders);
  for await (const { user, state, why, at, rank, part, order } of entries.walk(entriesOf(id))) {
    const found = order === undefined ? undefined : await orderOf(order);
    yield {
      user,
      state,
      at,
      rank,
      card: found?.quote.name ?? parts[part]?.name ?? '',
      ...(why && { why }),
      ...(found && { order: factsFor(user, found) }),
    };
  }
}

/** People who came one after the other are in one order, mostly: each is read about once, and few are kept. */
const KEPT = 8;

function createOrderReader(orders: Pick<Orders, 'commissioned'>) {
  const kept = new Map<string, Order>();
  return async (id: string): Promise<Order> => {
    const order = kept.get(id) ?? (await orders.commissioned(id));
    kept.delete(id);
    kept.set(id, order);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return order;
  };
}

function factsFor(user: string, { reference, status, quote, remote, cards }: Order) {
  const card: Card | undefined = cards.find(({ recipient }) => recipient === user);
  const { deliveredAt, posted } = card ?? {};
  return {
    reference,
    status,
    /** What one card of it costs, once CardPlusPay has charged it. */
    each: remote && quote.each,
    /** When their code was with them, and whether a direct message brought it. */
    receivedAt: deliveredAt,
    byMessage: deliveredAt !== undefined && posted?.how === 'sent',
    /** Their code is here. */
    isHere: card !== undefined,
    /** How the last direct message with it went. */
    lastMessage: posted?.how,
  };
}
