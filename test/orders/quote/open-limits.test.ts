import { describe, expect, it } from 'vitest';
import { MOST_OPEN } from '../../../src/policy/limits.ts';
import { anna, ask, ben, cleo, confirm, openDesk, problemOf, QUOTE_LASTS_MS, quote } from '../desk.ts';

describe('open offers of a member', () => {
  it('are a few at most, however many are asked for at once, and CardPlusPay is not asked for more', async () => {
    const desk = await openDesk();
    let calls = 0;
    desk.vendor.before = async () => calls++;
    const ends = await Promise.all(Array.from({ length: 30 }, () => problemOf(quote(desk))));
    expect(ends.filter((end) => end === 'no problem')).toHaveLength(MOST_OPEN);
    expect(ends.at(-1)).toEqual({ code: 'too_many_offers', most: MOST_OPEN, minutes: QUOTE_LASTS_MS / 60_000 });
    expect(calls).toBeLessThanOrEqual(3 * MOST_OPEN + 1);
    expect(await problemOf(quote(desk, { member: ben }))).toBe('no problem');
  });

  it('make room as soon as one is taken, cancelled or has expired', async () => {
    const desk = await openDesk();
    const [first, second] = [await quote(desk), await quote(desk)];
    desk.clock.advance(60_000);
    for (let more = 2; more < MOST_OPEN; more++) await quote(desk);
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'too_many_offers', minutes: 14 });
    await confirm(desk, first);
    await quote(desk);
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'too_many_offers' });
    await desk.cancel(second.id, anna);
    await quote(desk);
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'too_many_offers' });
    // Also before a round has taken away what has expired.
    desk.clock.advance(QUOTE_LASTS_MS);
    expect(await problemOf(quote(desk))).toBe('no problem');
  });

  it('are not counted with what Cardigan offers in place of an order that became dearer', async () => {
    const desk = await openDesk();
    const orders = [await quote(desk), await quote(desk)];
    desk.vendor.prices = { 'ACME-5': '6' };
    for (const order of orders) await confirm(desk, order);
    for (let more = 0; more < MOST_OPEN; more++) await quote(desk);
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'too_many_offers' });
  });
});

describe('open requests of a member', () => {
  it('are a few at most, also at the same moment, and make room once one is decided or cancelled', async () => {
    const desk = await openDesk();
    const asked = async () => ask(desk, await quote(desk, { member: cleo }));
    const first = await asked();
    for (let more = 2; more < MOST_OPEN; more++) await asked();
    const offers = [await quote(desk, { member: cleo }), await quote(desk, { member: cleo })];
    const ends = await Promise.all(offers.map((offer) => problemOf(ask(desk, offer))));
    expect(ends).toContainEqual({ code: 'too_many_requests', most: MOST_OPEN });
    expect(ends).toContain('no problem');
    await desk.reject(first.id, ben, 'no');
    const left = offers[ends.indexOf('no problem') === 0 ? 1 : 0];
    expect(left && (await problemOf(ask(desk, left)))).toBe('no problem');
  });
});
