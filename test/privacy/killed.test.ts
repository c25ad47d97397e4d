import { describe, expect, it } from 'vitest';
import { anna, ask, ben, buy, cleo, openDesk, quote } from '../orders/desk.ts';
import { createMortal } from '../orders/mortal.ts';
import { auditOf, verify } from '../policy/recording.ts';
import { DAY_MS, erased, mentionsOf, privacyOf, purged } from './erasing.ts';

/** Somebody bought, somebody else approved, and all of it has been over for long. */
async function longAgo() {
  const desk = await openDesk();
  await buy(desk);
  const { id } = await ask(desk, await quote(desk, { member: cleo }));
  await desk.approve(id, anna);
  await desk.settled();
  await purged(desk);
  desk.clock.advance(91 * DAY_MS);
  return desk;
}

const deaths = Array.from({ length: 60 }, (_, index) => index + 1).flatMap((call) =>
  (['before', 'after'] as const).map((when) => ({ call, when })),
);

describe('a process that is killed amid erasing somebody', () => {
  it('leaves a record that is whole at each of its calls, and the next one ends it', async () => {
    let reached = 0;
    for (const death of deaths.filter(({ call }) => call % 5 === 0)) {
      const desk = await longAgo();
      await privacyOf(desk).eraseOwn(anna);
      const mortal = createMortal(death);
      const doomed = privacyOf(desk, { store: mortal.wrapStore(desk.store) });
      const died = await Promise.race([erased(doomed, 5).then(() => 'lived'), mortal.died]);
      if (died === 'died') reached += 1;
      // Whatever it had come to, nobody sees a difference.
      expect(await verify(desk), JSON.stringify(death)).toMatchObject({ found: 0 });
      await erased(privacyOf(desk), 10);
      await auditOf(desk).tick();
      expect(mentionsOf(desk, 'anna'), JSON.stringify(death)).toEqual([]);
      expect(await verify(desk), JSON.stringify(death)).toMatchObject({ found: 0, waiting: 0 });
    }
    expect(reached).toBeGreaterThan(10);
  });

  it('may be helped by another one at the same time', async () => {
    const desk = await longAgo();
    const [one, other] = [privacyOf(desk), privacyOf(desk)];
    await one.eraseOwn(anna);
    await Promise.all([erased(one), erased(other)]);
    await auditOf(desk).tick();
    expect(mentionsOf(desk, 'anna')).toEqual([]);
    expect(mentionsOf(desk, 'cleo').length).toBeGreaterThan(0);
    expect(mentionsOf(desk, ben.user)).toEqual([]);
    expect(await verify(desk)).toMatchObject({ found: 0, waiting: 0 });
  });
});
