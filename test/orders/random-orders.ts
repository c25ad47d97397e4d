import fc from 'fast-check';
import { money } from '../../src/lib/money.ts';
import { type Order, statuses } from '../../src/orders/model/order.ts';

const person = fc.constantFrom('anna', 'ben', 'cleo', 'dora');

/** Two to four people who are to get some cards each. */
export const recipients = fc
  .uniqueArray(person, { minLength: 1 })
  .chain((users) =>
    fc.tuple(...users.map((user) => fc.record({ user: fc.constant(user), quantity: fc.integer({ min: 1, max: 4 }) }))),
  );

/** An order as it may stand in the store, at any point of its life. */
export const anyOrder: fc.Arbitrary<Order> = fc
  .record({
    status: fc.constantFrom(...statuses),
    requester: person,
    recipients,
    orderId: fc.option(fc.integer({ min: 1, max: 9999 })),
    delivered: fc.array(fc.boolean(), { maxLength: 20 }),
  })
  .map(({ status, requester, recipients: getting, orderId, delivered }) => {
    const quantity = getting.reduce((sum, each) => sum + each.quantity, 0);
    const recipientsOfCards = getting.flatMap(({ user, quantity: count }, parcel) =>
      Array.from({ length: count }, () => ({ recipient: user, parcel })),
    );
    const charged = money('4.90', 'USD');
    return {
      ...{ version: 1, id: '0123456789ABCDEF', reference: 'ABC123', locale: 'en' },
      ...{ guild: 'guild', channel: 'channel', requester, status, recipients: getting },
      quote: {
        ...{ itemCode: 'ACME-5', name: 'Acme', quantity, each: charged, charged, balance: charged },
        expiresAt: 1000,
      },
      cards: recipientsOfCards.slice(0, delivered.length).map((card, i) => ({
        ...card,
        fingerprint: `fingerprint ${i}`,
        ...(delivered[i] && { deliveredAt: 1 }),
      })),
      ...(orderId !== null && { remote: { orderId, charged } }),
      history: [{ at: 1, by: requester, status: 'quoted' as const, why: 'asked' as const }],
    };
  });
