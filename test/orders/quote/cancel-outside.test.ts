import { expect, it } from 'vitest';
import { cleo, lastOf, openDesk, quote } from '../desk.ts';

const owner = { user: 'zoe', guild: 'owner', isManager: true, isAdmin: true };

it('of an offer that an admin of the first server cancels it stays on record who did', async () => {
  const desk = await openDesk();
  const { id } = await quote(desk, { member: cleo });
  await desk.cancel(id, owner);
  const order = await desk.stored(id);
  expect(order.status).toBe('cancelled');
  expect(lastOf(order)).toMatchObject({ by: 'zoe', why: 'asked' });
  await quote(desk, { member: cleo }).then(({ id: other }) => desk.cancel(other, cleo));
  expect(await desk.orderRecords.tagged('member/guild/cleo', { limit: 10 })).toMatchObject({ records: [{ id }] });
});
