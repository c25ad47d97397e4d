import type { Order } from '../../../src/orders/model/order.ts';
import { codesIn } from '../../../src/orders/model/raw-answer.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import type { Issued } from '../vendor/vendor.ts';

const ordersOf = ({ orders }: Facts): Order[] => [...orders.values()].map(({ order }) => order);

/** The order that has a card by now, and the one that it was bought in: cards on hand go from one to another. */
export function holderOf(facts: Facts, order: Order, fingerprint: string): Order {
  const next = ordersOf(facts).find(({ fromHand = [] }) =>
    fromHand.some((served) => served.order === order.id && served.cards.includes(fingerprint)),
  );
  return next ? holderOf(facts, next, fingerprint) : order;
}

/** Of a campaign each card belongs to somebody, or to nobody yet. */
function ownerIn(facts: Facts, { campaign, cards, recipients }: Order, code: string): string {
  const fingerprint = campaign && facts.fingerprint(code);
  const owner = campaign ? cards.find((card) => card.fingerprint === fingerprint)?.recipient : recipients[0]?.user;
  return owner ?? 'nobody';
}

/** Every code and PIN, and who may see it: the recipient in the order that it is attached to, who need not be its requester. */
function ownersOf(facts: Facts): Map<string, string[]> {
  const attached = new Map(ordersOf(facts).map((order) => [order.remote?.orderId, order]));
  const owners = new Map<string, string[]>();
  for (const { orderId, post, cards } of facts.charged) {
    const own = post?.order === undefined ? undefined : facts.orders.get(post.order)?.order;
    // That what is attached is its own is another invariant.
    const owner = attached.get(orderId) ?? own;
    if (!owner) continue;
    for (const { code, pin } of cards) {
      const user = ownerIn(facts, holderOf(facts, owner, facts.fingerprint(code)), code);
      // CardPlusPay may sell a code twice: then both have it.
      owners.set(code, [...(owners.get(code) ?? []), user]).set(pin, [user]);
    }
  }
  return owners;
}

/** Rule 5: a code is seen by its recipient only. */
export const seenByRecipientOnly: Invariant = (facts) => {
  if (facts.seen.length === 0) return [];
  const owners = ownersOf(facts);
  return facts.seen.flatMap(({ secret, by }) =>
    owners.get(secret)?.includes(by) ? [] : [`${by} saw ${secret} of ${owners.get(secret) ?? 'nobody'}`],
  );
};

/** Codes that CardPlusPay has sold more than once. */
function soldTwice({ charged }: Facts): Set<string> {
  const all = charged.flatMap(({ cards }) => cards.map(({ code }) => code));
  return new Set(all.filter((code, at) => all.indexOf(code) < at));
}

/** Rule 6: no code is given to two, unless CardPlusPay has sold it to two. */
export const givenOnce: Invariant = (facts) => {
  const gone = new Set(
    ordersOf(facts).flatMap(({ fromHand = [] }) =>
      fromHand.flatMap(({ order, cards }) => cards.map((card) => `${order} ${card}`)),
    ),
  );
  const all = ordersOf(facts).flatMap(({ id, cards }) =>
    cards.flatMap(({ fingerprint }) => (gone.has(`${id} ${fingerprint}`) ? [] : fingerprint)),
  );
  if (new Set(all).size === all.length) return [];
  const twice = new Set([...soldTwice(facts)].map((code) => facts.fingerprint(code)));
  const others = all.filter((fingerprint) => !twice.has(fingerprint));
  const inOneOrder = ordersOf(facts).every(({ cards }) => {
    return new Set(cards.map(({ fingerprint }) => fingerprint)).size === cards.length;
  });
  return new Set(others).size === others.length && inOneOrder ? [] : ['a code is in two places'];
};

function cardsByFingerprint(facts: Facts): Map<string, Issued> {
  const cards = facts.charged.flatMap((order) => order.cards);
  return new Map(cards.map((card) => [facts.fingerprint(card.code), card]));
}

/** What counts as delivered was before its recipient's eyes. */
export const deliveredWasSeen: Invariant = (facts) => {
  const delivered = ordersOf(facts).flatMap(({ id, cards }) =>
    cards.filter(({ deliveredAt }) => deliveredAt !== undefined).map((card) => ({ id, ...card })),
  );
  if (delivered.length === 0) return [];
  const known = cardsByFingerprint(facts);
  return delivered.flatMap(({ id, fingerprint, recipient }) => {
    const code = known.get(fingerprint)?.code;
    const isSeen = facts.seen.some(({ secret, by }) => secret === code && by === recipient);
    return isSeen ? [] : [`${id} counts ${code ?? 'an unknown code'} as delivered to ${recipient}`];
  });
};

/** Fewer codes than paid for is never silent. */
export const deliveredIsWhole: Invariant = (facts) =>
  ordersOf(facts).flatMap(({ id, status, cards, quote }) => {
    const isWhole = cards.filter(({ deliveredAt, handedOn }) => deliveredAt ?? handedOn).length >= quote.quantity;
    return status !== 'delivered' || isWhole ? [] : [`${id} is delivered with codes missing`];
  });

/** Never the same codes twice, as far as the sender can see. */
export const neverRepeated: Invariant = ({ repeats }) =>
  repeats.map(
    ({ message, first }) =>
      `process ${message.by} sent ${message.nonce} to ${message.to}, which was out since ${first.at}`,
  );

/** Rule 6: codes that are promised are in the vault. */
export const codesAreKept: FinalInvariant = (facts) => {
  const known = cardsByFingerprint(facts);
  return ordersOf(facts).flatMap(({ id, cards }) => {
    const sealed = facts.vault.get(id);
    const later = new Set([...(sealed?.later ?? []), ...(sealed?.handed ?? [])].map(({ code }) => code));
    const answer = Buffer.from(sealed?.answer?.bodyBase64 ?? '', 'base64').toString();
    return cards.flatMap(({ fingerprint }) => {
      const code = known.get(fingerprint)?.code ?? 'an unknown code';
      return later.has(code) || answer.includes(`"${code}"`) ? [] : [`${code} of ${id} is lost`];
    });
  });
};

/** Rule 4: an answer that a living process has received is in the vault, whole. */
export const answersAreKept: FinalInvariant = (facts) =>
  facts.posts.flatMap(({ order, by, received }) => {
    if (order === undefined || received === undefined || facts.ended.has(by)) return [];
    const answer = facts.vault.get(order)?.answer?.bodyBase64 ?? '';
    return Buffer.from(answer, 'base64').toString() === received ? [] : [`the answer for ${order} is not in the vault`];
  });

/** The PIN is in the answer to the POST and nowhere else: a reveal shows it, and so did the DM of whoever had it. */
export const pinsComeAlong: FinalInvariant = (facts) => {
  const seen = new Set(facts.seen.map(({ secret }) => secret));
  // Whoever has one of these may have it with another order.
  const twice = soldTwice(facts);
  return facts.charged.flatMap(({ post, cards }) => {
    const order = post?.order === undefined ? undefined : facts.orders.get(post.order)?.order;
    const sealed = order && facts.vault.get(order.id);
    if (!order?.remote || !sealed?.answer?.complete) return [];
    const body = Buffer.from(sealed.answer.bodyBase64, 'base64').toString();
    const byCode = new Map(codesIn(sealed, order.remote.orderId).map((code) => [code.code, code.metadata]));
    const wasFound = order.history.some(({ why }) => why === 'found');
    return cards.flatMap(({ code, pin }) => {
      if (!body.includes(pin)) return [];
      const isKept = byCode.get(code)?.some(({ value }) => value === pin);
      const isShown = !seen.has(code) || seen.has(pin) || wasFound || twice.has(code);
      return isKept && isShown ? [] : [`${code} came without its PIN`];
    });
  });
};
