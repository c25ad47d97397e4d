import { describe, expect, it } from 'vitest';
import { confirmed, entriesNow, movedOn, openRewardDesk, planGiveaway } from '../campaigns/desk.ts';
import { afterwards, enter } from '../campaigns/pressing.ts';
import { ask, buy, cleo, openDesk, quote } from '../orders/desk.ts';
import { auditOf, verify } from '../policy/recording.ts';
import { DAY_MS, erased, mentionsOf, privacyOf, purged } from './erasing.ts';

const people = ['anna', 'ben', 'cleo'];

describe('KEEP_PEOPLE_DAYS', () => {
  it('takes everybody out of what ended so long ago, and nobody out of what is younger', async () => {
    const desk = await openDesk();
    await buy(desk);
    await purged(desk);
    desk.clock.advance(300 * DAY_MS);
    const { id } = await ask(desk, await quote(desk, { member: cleo }));
    await desk.cancel(id, cleo);
    await auditOf(desk).tick();
    await erased(privacyOf(desk, { keepPeopleDays: 200 }));
    await auditOf(desk).tick();
    expect(mentionsOf(desk, 'anna')).toEqual([]);
    expect((await desk.stored(id)).requester).toBe('cleo');
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 0 });
    desk.clock.advance(201 * DAY_MS);
    await erased(privacyOf(desk, { keepPeopleDays: 200 }));
    await auditOf(desk).tick();
    for (const user of people) expect(mentionsOf(desk, user), user).toEqual([]);
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 0 });
  });

  it('does nothing unless it is set', async () => {
    const desk = await openDesk();
    await buy(desk);
    await purged(desk);
    const before = mentionsOf(desk, 'anna');
    desk.clock.advance(3_000 * DAY_MS);
    await erased(privacyOf(desk));
    expect(mentionsOf(desk, 'anna')).toEqual(before);
  });

  it('takes all who took part out of a giveaway that nobody won', async () => {
    const desk = await openRewardDesk();
    const giveaway = await confirmed(desk, await planGiveaway(desk, 1));
    for (const user of ['dan', 'eve', 'fay']) await enter(desk, giveaway, user);
    for (let day = 0; day < 8; day++) await afterwards(desk, giveaway, DAY_MS);
    await movedOn(desk, giveaway.id);
    expect((await movedOn(desk, giveaway.id)).state).toBe('ended');
    await auditOf(desk).tick();
    desk.clock.advance(201 * DAY_MS);
    await erased(privacyOf(desk, { keepPeopleDays: 200 }), 40);
    await auditOf(desk).tick();
    for (const user of ['dan', 'eve', 'fay', 'anna']) expect(mentionsOf(desk, user), user).toEqual([]);
    expect(await entriesNow(desk, giveaway.id)).toHaveLength(3);
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 0 });
  });
});
