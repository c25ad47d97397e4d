import { describe, expect, it } from 'vitest';
import {
  anna,
  ben,
  cleo,
  confirmed,
  movedOn,
  openRewardDesk,
  plan,
  planGiveaway,
  problemOf,
  type RewardDesk,
} from '../desk.ts';

/** Time goes by, as for a running bot. */
async function pass(desk: RewardDesk, ms: number) {
  for (let gone = 0; gone < ms; gone += 3_000) {
    desk.clock.advance(3_000);
    await desk.campaigns.tick();
    await desk.campaigns.settled();
  }
}

const GONE = { is: 'gone' } as const;
const lossesOf = ({ said }: RewardDesk) => said.messages.filter(({ said: [first] }) => first?.kind === 'lost');
const newest = ({ said }: RewardDesk, kind: 'main' | 'lost') =>
  said.messages.filter(({ said: [first] }) => first?.kind === kind).at(-1);
const stepsOf = async (desk: RewardDesk, id: string) =>
  (await desk.campaigns.get(id, anna)).history.map(({ why }) => why);

async function running() {
  const desk = await openRewardDesk();
  const { id, place } = await confirmed(desk, await plan(desk));
  await pass(desk, 6_000);
  return { desk, id, place };
}

describe('the channel of a campaign', () => {
  it('that is gone is told once to whoever runs it and once to the admins, and is over when it is back', async () => {
    const { desk, id, place } = await running();
    desk.channels.set(place, GONE);
    await pass(desk, 120_000);
    expect(lossesOf(desk).map(({ said: [first] }) => first)).toMatchObject([
      { to: 'admins', isOpen: true },
      { to: 'owner', isOpen: true },
    ]);
    desk.channels.delete(place);
    await pass(desk, 60_000);
    expect(lossesOf(desk)[0]?.said.at(-1)).toMatchObject({ isOpen: false });
    expect(lossesOf(desk)).toHaveLength(2);
    expect(await stepsOf(desk, id)).toContain('place_back');
  });

  it('of which Discord does not tell is nobody’s news', async () => {
    const { desk, place } = await running();
    desk.channels.set(place, { is: 'unknown' });
    await pass(desk, 60_000);
    expect(lossesOf(desk)).toEqual([]);
  });

  it('is another one once it was moved by whoever sees to it, which is on record', async () => {
    const { desk, id, place } = await running();
    expect(await problemOf(desk.campaigns.movePlace(id, anna, 'lounge'))).toBeDefined();
    desk.channels.set(place, { is: 'closed', name: 'quiz', lacks: ['send'] });
    await pass(desk, 60_000);
    desk.channels.set('attic', GONE);
    expect(await problemOf(desk.campaigns.movePlace(id, anna, 'attic'))).toMatchObject({ code: 'channel_gone' });
    expect(await problemOf(desk.campaigns.movePlace(id, { ...cleo, isManager: false }, 'lounge'))).toBeDefined();
    expect((await desk.campaigns.movePlace(id, ben, 'lounge')).place).toBe('lounge');
    await movedOn(desk, id);
    await pass(desk, 30_000);
    expect(newest(desk, 'main')?.said.at(-1)).toMatchObject({ campaign: { place: 'lounge' } });
    expect((await desk.campaigns.get(id, anna)).history.at(-1)).toMatchObject({ by: ben.user, why: 'moved' });
    expect(lossesOf(desk)[0]?.said.at(-1)).toMatchObject({ isOpen: false });
  });

  it('that is gone puts off a draw, which is made once it was moved', async () => {
    const desk = await openRewardDesk();
    const giveaway = await confirmed(desk, await planGiveaway(desk, 1));
    const { id, place, endsAt = 0 } = giveaway;
    await pass(desk, 6_000);
    desk.channels.set(place, GONE);
    await pass(desk, 60_000);
    desk.clock.advance(Math.max(0, endsAt - desk.clock.now()));
    await pass(desk, 30_000);
    expect((await desk.campaigns.get(id, anna)).draw?.drawn).toBeUndefined();
    await desk.campaigns.movePlace(id, anna, 'lounge');
    await pass(desk, 30_000);
    expect((await desk.campaigns.get(id, anna)).draw?.drawn).toBeDefined();
  });
});
