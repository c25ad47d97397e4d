import { expect, it } from 'vitest';
import { orderSchema } from '../../src/orders/model/order.ts';
import { createOrderRepository } from '../../src/orders/repository.ts';
import { cards, orderIn, remote } from '../views/samples.ts';
import { openClinic } from './clinic.ts';

it('a set-up as it should be has nothing wrong', async () => {
  const clinic = await openClinic();
  const { worst, checks } = await clinic.examine();
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(worst).toBe('ok');
});

it('cards on hand, which stay so for as long as nobody wants them, are nothing wrong', async () => {
  const clinic = await openClinic();
  const nobodys = cards(2).map(({ recipient: _, ...card }) => card);
  const bought = orderIn('bought', undefined, { guild: clinic.guildId, remote, cards: nobodys, onHandSince: 1 });
  const { version: _, ...order } = { ...bought, quote: { ...bought.quote, quantity: 2 } };
  await clinic.record((store) =>
    createOrderRepository(store.records('orders', orderSchema)).create(order, () => order.reference),
  );
  const { checks } = await clinic.examine();
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
});
