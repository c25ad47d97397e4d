import { describe, expect, it } from 'vitest';
import { MOST_OPEN } from '../../../src/policy/limits.ts';
import { anna, ben, cleo, confirmed, crowd, openRewardDesk, plan, planBulk, problemOf } from '../desk.ts';

describe('campaigns that a member has open', () => {
  it('are a few offers at most', async () => {
    const desk = await openRewardDesk();
    const planned = await Promise.all(Array.from({ length: 12 }, () => plan(desk).catch(() => undefined)));
    const offers = planned.filter((each) => each !== undefined);
    expect(offers).toHaveLength(MOST_OPEN);
    const sending = desk.face.planBulk({
      ...{ member: anna, channel: 'channel', place: 'channel', locale: 'en', gift: { receipt: 'private' } },
      ...{ whom: { kind: 'picked', users: crowd(3) }, itemCode: 'ACME-5' },
    });
    expect(await problemOf(sending)).toEqual({ code: 'too_many_offers', most: MOST_OPEN, minutes: 15 });
    const [first] = offers;
    if (first) await confirmed(desk, first);
    expect(await problemOf(planBulk(desk, crowd(2)))).toBe('no problem');
  });

  it('are a few requests at most, until one of them is decided', async () => {
    const desk = await openRewardDesk();
    const ask = async () => desk.campaigns.ask((await plan(desk, { member: cleo })).id, cleo);
    const first = await ask();
    for (let more = 1; more < MOST_OPEN; more++) await ask();
    expect(await problemOf(ask())).toEqual({ code: 'too_many_requests', most: MOST_OPEN });
    await desk.campaigns.reject(first.id, ben, 'no');
    expect(await problemOf(ask())).toBe('no problem');
  });
});
