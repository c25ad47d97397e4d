import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Facts } from '../facts.ts';

/** The steps in which a campaign was offered for so much, and what followed up to then. */
function offeredFor({ history }: Campaign, amount: string, until: number) {
  const steps = history.filter(({ at }) => at <= until);
  const offer = steps.findLastIndex(({ offered }) => offered?.charged.amount === amount);
  return offer < 0 ? [] : steps.slice(offer);
}

/**
 * What was decided about. Of an order of a campaign that is the whole campaign, as it was offered when the order was made:
 * people pressed on that, and its total counts.
 */
export function matterOf({ campaigns }: Pick<Facts, 'campaigns'>, order: Order): Order {
  const { campaign, approval, quote, history } = order;
  const whole = campaign && campaigns.get(campaign.id);
  if (!campaign || !whole) return order;
  const { id, charged } = campaign;
  const madeAt = history[0]?.at ?? 0;
  const [offer, ...steps] = offeredFor(whole, charged.amount, madeAt);
  const yes = steps.find(({ why }) => why === 'confirmed' || why === 'approved');
  const asked = { at: offer?.at ?? madeAt, by: order.requester };
  return {
    ...order,
    ...{ id, quote: { ...quote, charged } },
    history: [
      { ...asked, status: 'quoted' },
      ...(approval ? [{ ...asked, status: 'awaiting_approval' as const }] : []),
      ...(yes ? [{ at: yes.at, by: yes.by, status: 'approved' as const }] : []),
    ],
  };
}

/** A campaign that was rejected, as an order would be. */
export function asRejected({ places }: Facts, campaign: Campaign) {
  const { id, requester, history } = campaign;
  const users = [...places.values()].filter((place) => place.campaign === id);
  const steps = history.filter(({ state }) => state === 'rejected');
  return { id, requester, recipients: users, steps };
}
