import { describe, expect, it } from 'vitest';
import { type Desk, olga, openDesk } from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';

const stopped = async (): Promise<Desk> => {
  const desk = await openDesk();
  await desk.stopPurchases(olga);
  return desk;
};
const statesOf = ({ board }: Desk) =>
  board.notices.map(({ said }) =>
    said.map((content) => content.kind === 'stop' && (content.stop.resumed ? 'over' : 'on')),
  );

describe('a notice to the admins', () => {
  it('is tried again at growing gaps until Discord takes it, and looked for before it is sent again', async () => {
    const desk = await stopped();
    const tries: number[] = [];
    desk.board.before = async () => {
      tries.push(desk.clock.now());
      if (tries.length < 4) throw new Error('Discord is down');
    };
    await pass(desk, 120_000);
    expect(tries).toHaveLength(4);
    const gaps = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(desk.board.notices).toMatchObject([{ mayBeOut: true, said: [{ kind: 'stop' }] }]);
  });

  it('waits for a channel that the bot may write in', async () => {
    const desk = await stopped();
    desk.board.hasChannel = false;
    await pass(desk, 60_000);
    desk.board.hasChannel = true;
    await pass(desk, 120_000);
    expect(statesOf(desk)).toEqual([['on']]);
  });

  it('is not written anew when it was deleted and is over', async () => {
    const desk = await stopped();
    await desk.tick();
    desk.board.deleted.add('0');
    await desk.resumePurchases(olga);
    await pass(desk, 60_000);
    expect(statesOf(desk)).toEqual([['on']]);
  });

  it('that nobody could read before it was over is looked for as it was, and says that it is over', async () => {
    const desk = await stopped();
    desk.board.hasChannel = false;
    await desk.tick();
    await desk.resumePurchases(olga);
    desk.board.hasChannel = true;
    await pass(desk, 120_000);
    expect(statesOf(desk)).toEqual([['on', 'over']]);
  });

  it('is written by one of several processes', async () => {
    const desk = await stopped();
    const others = [desk.newProcess(), desk.newProcess()];
    await Promise.all([desk, ...others].map((process) => process.tick()));
    await pass(desk, 60_000, [desk, ...others]);
    expect(statesOf(desk)).toEqual([['on']]);
  });

  it.each(['before', 'after'] as const)(
    'is there once and true in the end, whatever call its process dies %s',
    async (when) => {
      for (let call = 1; ; call++) {
        const desk = await stopped();
        const mortal = createMortal({ call, when });
        const process = desk.newProcess(mortal.wrap);
        const dying = process.tick().then(() => 'finished');
        const end = await Promise.race([dying, mortal.died]);
        await pass(desk, 120_000);
        await desk.resumePurchases(olga);
        await pass(desk, 120_000);
        expect(desk.board.notices).toHaveLength(1);
        expect(statesOf(desk)[0]?.at(-1)).toBe('over');
        if (end === 'finished') break;
      }
    },
  );
});
