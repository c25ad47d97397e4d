import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import type { FinalFacts } from './facts.ts';
import { charged, facts, namesOf, order, sealed, stored, usd } from './sample-facts.ts';

const data = (more: object) => {
  const codes = [{ code: 'SECRET-1001-0', metadata: [{ Pin: 'PIN-1001-0' }] }];
  return JSON.stringify({ success: true, data: { order_id: 1001, amount: '4.90', codes, ...more } });
};
const answered = (more: object) => ({ vault: new Map([['A', sealed(data(more))]]) });
const withOrder = (change: Partial<Order>) => ({ orders: new Map([['A', stored(change)]]) });

/** Another order of the same person, to whom CardPlusPay gave the same code. */
function twins(alsoIn?: string): Partial<FinalFacts> {
  const cards = order.cards.map((card) => ({ ...card, ...(alsoIn && { alsoIn }) }));
  const second = { ...order, id: 'B', reference: 'BBBBBB', cards, remote: { orderId: 1002, charged: usd('4.9') } };
  const sold = { ...charged, orderId: 1002, post: charged.post && { ...charged.post, order: 'B' } };
  return {
    orders: new Map([
      ['A', stored()],
      ['B', stored(second)],
    ]),
    charged: [charged, sold],
  };
}

describe('the invariants of odd answers', () => {
  it.each<[string, Partial<FinalFacts>]>([
    ['countedInFull', withOrder({ remote: { orderId: 1001, charged: usd('4.89') } })],
    ['codesAreGiven', withOrder({ cards: [], status: 'bought' })],
    ['oddAnswersAreTold', answered({ amount: '0' })],
    ['oddAnswersAreTold', answered({ amount: null })],
    ['oddAnswersAreTold', answered({ amount: 'gratis' })],
    ['oddAnswersAreTold', answered({ order_no: 'N'.repeat(20_000) })],
    ['twinsAreTold', twins()],
    ['twinsAreTold', twins('AAAAAA')],
    ['givenOnce', { ...twins(), charged: [charged] }],
  ])('%s notices what breaks it (%#)', (name, change) => {
    expect(namesOf(facts(change))).toContain(name);
  });

  it('have nothing against what was told', () => {
    const told = (key: string) => ({ notices: new Set([key]) });
    expect(namesOf(facts({ ...answered({ amount: '0' }), ...told('charged-unclear/A') }))).toEqual([]);
    expect(namesOf(facts({ ...answered({ amount: '1,004.90' }) }))).toEqual([]);
    const both = namesOf(facts({ ...twins('AAAAAA'), ...told('code-twice/A/B') }));
    expect(both).not.toContain('twinsAreTold');
    expect(both).not.toContain('givenOnce');
  });
});
