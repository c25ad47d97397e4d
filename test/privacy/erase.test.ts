import { describe, expect, it } from 'vitest';
import { auditEntryKey } from '../../src/audit/chain.ts';
import { anna, ask, ben, buy, cleo, openDesk, quote } from '../orders/desk.ts';
import { auditOf, chainOf, verify } from '../policy/recording.ts';
import { editWithKey } from '../store/with-the-key.ts';
import { DAY_MS, erase, erased, mentionsOf, privacyOf, purged } from './erasing.ts';

describe('to be erased', () => {
  it('takes somebody out of what is over long enough, and the audit is whole as before', async () => {
    const desk = await openDesk();
    const order = await buy(desk);
    await auditOf(desk).tick();
    await purged(desk);
    const posted = (await chainOf(desk)).at(-1);
    desk.clock.advance(91 * DAY_MS);
    expect(mentionsOf(desk, 'anna')).toContain(`orders/${order.id}`);
    const told = await erase(desk, anna);
    expect(told.waits).toMatchObject({ now: 1 });
    expect(mentionsOf(desk, 'anna')).toEqual([]);
    expect(await verify(desk, posted)).toMatchObject({ found: 0, waiting: 0 });
    const stored = await desk.stored(order.id);
    expect(stored).toMatchObject({ status: 'delivered', quote: order.quote });
    expect(stored.requester).toMatch(/^erased-[0-9a-f]{16}$/);
  });

  it('leaves what is open, or too young, and comes back for it by itself', async () => {
    const desk = await openDesk();
    const { id } = await ask(desk, await quote(desk, { member: cleo }));
    await auditOf(desk).tick();
    const privacy = privacyOf(desk);
    expect((await privacy.eraseOwn(cleo)).waits).toMatchObject({ now: 0, open: 1 });
    await erased(privacy);
    expect((await desk.stored(id)).requester).toBe('cleo');
    await desk.cancel(id, cleo);
    await auditOf(desk).tick();
    expect((await privacy.own(cleo)).waits).toMatchObject({ open: 0, young: expect.any(Number) });
    desk.clock.advance(2 * DAY_MS);
    await erased(privacy);
    expect((await desk.stored(id)).requester).toBe('cleo');
    desk.clock.advance(90 * DAY_MS);
    // Another process, with nothing in memory.
    await erased(privacyOf(desk));
    await auditOf(desk).tick();
    expect(mentionsOf(desk, 'cleo')).toEqual([]);
    expect(await verify(desk)).toMatchObject({ found: 0 });
  });

  it('keeps an approval under a made-up name when the approver is erased', async () => {
    const desk = await openDesk();
    const { id } = await ask(desk, await quote(desk, { member: cleo }));
    await desk.approve(id, ben);
    await desk.settled();
    await purged(desk);
    desk.clock.advance(91 * DAY_MS);
    const before = await desk.stored(id);
    await erase(desk, ben);
    const after = await desk.stored(id);
    expect(after.approval?.votes).toHaveLength(before.approval?.votes.length ?? 0);
    expect(after.approval?.votes[0]?.by).toMatch(/^erased-/);
    expect(after).toMatchObject({ requester: 'cleo', status: before.status, cards: before.cards });
    expect(mentionsOf(desk, 'ben')).toEqual([]);
    expect(await verify(desk)).toMatchObject({ found: 0 });
  });
});

describe('the check of the audit', () => {
  it('finds an entry that somebody was taken out of without a record that says so', async () => {
    const desk = await openDesk();
    await buy(desk);
    await auditOf(desk).tick();
    const name = 'erased-0123456789abcdef';
    editWithKey(desk.file, 'audit', auditEntryKey(1), (entry) => {
      Object.assign(entry, JSON.parse(JSON.stringify(entry).replaceAll('anna', name)), { redacted: [name] });
    });
    const codes = (await verify(desk)).problems.map(({ code }) => code);
    expect(codes).toContain('redacted');
    expect(codes).toContain('differs');
  });

  it('finds an entry that was redacted for one person and says something else besides', async () => {
    const desk = await openDesk();
    await buy(desk);
    await purged(desk);
    desk.clock.advance(91 * DAY_MS);
    await erase(desk, anna);
    expect(await verify(desk)).toMatchObject({ found: 0 });
    editWithKey(desk.file, 'audit', auditEntryKey(1), (entry) => {
      Object.assign(entry.deed as object, { amount: { amount: '1', currency: 'USD' } });
    });
    expect((await verify(desk)).problems).toMatchObject([{ code: 'differs', number: 1 }]);
  });

  it('finds a hash that was changed along with a redacted entry', async () => {
    const desk = await openDesk();
    await buy(desk);
    await purged(desk);
    desk.clock.advance(91 * DAY_MS);
    await erase(desk, anna);
    editWithKey(desk.file, 'audit', auditEntryKey(2), (entry) => Object.assign(entry, { hash: 'f'.repeat(64) }));
    expect((await verify(desk)).problems).toMatchObject([{ code: 'unlinked', number: 3 }]);
  });
});
