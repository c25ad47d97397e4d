import { describe, expect, it } from 'vitest';
import { money } from '../../../src/lib/money.ts';
import { ask, ben, buy, cleo, type Desk, openDesk, problemOf, quote } from '../desk.ts';
import { vendorError } from '../vendor.ts';

const usd = (amount: string) => money(amount, 'USD');
const asked = async (desk: Desk) => ask(desk, await quote(desk, { member: cleo }));
/** Cleo buys that many orders by herself, and asks for one more. */
async function afterBuying(orders: number) {
  const desk = await openDesk();
  await desk.policies.change('guild', 'olga', (policy) => ({ ...policy, free: { perOrder: '10', perDay: '1000' } }));
  for (let i = 0; i < orders; i++) await buy(desk, { member: cleo });
  await desk.policies.change('guild', 'olga', (policy) => ({ ...policy, free: { perOrder: '0', perDay: '0' } }));
  return { desk, order: await asked(desk) };
}

describe('before somebody decides', () => {
  it('they read the last three orders of the requester, their month, and the balance', async () => {
    const { desk, order } = await afterBuying(4);
    desk.vendor.balance = usd('100.5');
    await quote(desk, { member: cleo });
    const details = await desk.requesterDetails(order.id, ben);
    expect(details.recent.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(details.recent.map(({ id }) => id)).not.toContain(order.id);
    expect(details.month).toEqual({ charged: usd('19.6'), isPart: false });
    expect(details.balance).toEqual(usd('100.5'));
  });

  it('what was charged in another month counts no more', async () => {
    const { desk, order } = await afterBuying(1);
    desk.clock.advance(32 * 24 * 60 * 60_000);
    expect((await desk.requesterDetails(order.id, ben)).month.charged).toEqual(usd('0'));
  });

  it('they read it without the balance where CardPlusPay does not tell it', async () => {
    const { desk, order } = await afterBuying(1);
    const process = desk.newProcess((parts) => ({
      ...parts,
      giftCards: { ...parts.giftCards, balance: () => Promise.reject(vendorError('network', 'unknown')) },
    }));
    const details = await process.requesterDetails(order.id, ben);
    expect(details.balance).toBe('unknown');
    expect(details.recent).toHaveLength(1);
  });

  it('nobody else reads it', async () => {
    const { desk, order } = await afterBuying(0);
    expect(await problemOf(desk.requesterDetails(order.id, cleo))).toEqual({ code: 'approvers_only' });
    const elsewhere = { ...ben, guild: 'another' };
    expect(await problemOf(desk.requesterDetails(order.id, elsewhere))).toEqual({ code: 'approvers_only' });
  });
});
