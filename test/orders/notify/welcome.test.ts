import { describe, expect, it } from 'vitest';
import { openDesk } from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';

describe('the welcome of a server', () => {
  it('is told once, however often somebody says that Cardigan has joined it', async () => {
    const desk = await openDesk();
    await desk.welcome('guild');
    await Promise.all([desk.welcome('guild'), desk.newProcess().welcome('guild')]);
    await pass(desk, 60_000);
    await desk.welcome('guild');
    await pass(desk, 60_000);
    const said = desk.board.notices.map(({ said }) => said);
    expect(said).toEqual([[{ kind: 'welcome', guild: 'guild' }]]);
  });

  it.each(['before', 'after'] as const)('is there once in the end, whatever call its process dies %s', async (when) => {
    for (let call = 1; ; call++) {
      const desk = await openDesk();
      const mortal = createMortal({ call, when });
      const process = desk.newProcess(mortal.wrap);
      const greeting = async () => {
        await process.welcome('guild');
        await process.tick();
        return 'finished';
      };
      const end = await Promise.race([greeting(), mortal.died]);
      // The next start sees the same new server.
      await desk.welcome('guild');
      await pass(desk, 120_000);
      expect(desk.board.notices).toHaveLength(1);
      if (end === 'finished') break;
    }
  });
});
