/** What CardPlusPay calls the delivery of a card that is sent by post. What comes as both is as good as digital. */
const PHYSICAL = 'physical';

/** By a card's delivery type, where the catalog tells it. */
export function isPhysical(deliveryType: string | undefined): boolean {
  return deliveryType?.trim().toLowerCase() === PHYSICAL;
}
