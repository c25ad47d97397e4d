import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../sandbox/discord/start-discord.ts';
import type { InteractionContext, PressHandler } from '../../../src/discord/interactions/handler.ts';
import { MOST_CALLS } from '../../../src/discord/interactions/pace.ts';
import { Problem } from '../../../src/lib/problem.ts';
import { message, type View } from '../../../src/views/kit/message.ts';
import { createGate, type Stage, startStage, trial, view } from '../stage.ts';

const reads = { reads: () => true };
const sent = ({ discord }: Stage) =>
  discord.requests.flatMap(({ method, path, body }) => {
    if (path.endsWith('/callback')) return [`callback ${(body as { type: number }).type}`];
    return path.startsWith('/webhooks/') ? [method === 'PATCH' ? 'edit' : 'follow-up'] : [];
  });
/** What the answer to a press that was refused says, and that nobody else sees it. */
const alone = (exchange: Exchange) => [exchange.acknowledged, exchange.ephemeral, exchange.followUps().length];

/** /try shows a message with "Go", which does this. */
async function withButton(press: PressHandler['press'], more: Partial<PressHandler> = {}) {
  const handler = { acknowledge: 'update', press, ...more } as const;
  const command = trial(async () => view('Ready', { Go: 'try.it:7' }), { ...reads, presses: { 'try.it': handler } });
  const stage = await startStage([command]);
  const here = stage.here(stage.alice);
  const shown = await (await here.run('try')).settled();
  return { stage, here, shown, go: () => here.press(shown, 'Go') };
}

describe('what only reads', () => {
  it('is answered in the acknowledgement, for the asker alone', async () => {
    const stage = await startStage([trial(async () => view('Done'), reads)]);
    const exchange = await stage.here(stage.alice).run('try');
    expect(alone(exchange)).toEqual(['message', true, 0]);
    expect(exchange.message()?.text).toBe('**Done**');
    expect(sent(stage)).toEqual(['callback 4']);
  });

  it('changes the message that was pressed in the acknowledgement', async () => {
    const { stage, shown, go } = await withButton(async () => view('Page 2'), { reads: true });
    const exchange = await go();
    expect(exchange.acknowledged).toBe('update');
    expect(exchange.message()?.id).toBe(shown.id);
    expect(exchange.message()?.text).toBe('**Page 2**');
    expect(sent(stage)).toEqual(['callback 4', 'callback 7']);
  });

  it('comes with its file', async () => {
    const file = { name: 'list.csv', text: 'a;b\n' };
    const stage = await startStage([trial(async () => message({ title: 'List', file }), reads)]);
    const exchange = await stage.here(stage.alice).run('try');
    expect(exchange.acknowledged).toBe('message');
    expect(sent(stage)).toEqual(['callback 4']);
    const [callback] = stage.discord.requests.filter(({ path }) => path.endsWith('/callback'));
    expect(callback?.files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['list.csv', 'a;b\n'],
    ]);
  });

  it('that takes long says first that the press has arrived, and is an edit then', async () => {
    const gate = createGate();
    const work = async () => {
      await gate.opened;
      return view('Done');
    };
    const stage = await startStage([trial(work, reads)]);
    const exchange = await stage.here(stage.alice).run('try');
    expect(exchange.acknowledged).toBe('deferred');
    expect(exchange.ephemeral).toBe(true);
    gate.open();
    expect((await exchange.settled()).text).toBe('**Done**');
    expect(sent(stage)).toEqual(['callback 5', 'edit']);
  });

  it('shows one thing after the other in order, the first in the acknowledgement', async () => {
    const work = async ({ show, add }: InteractionContext) => {
      await Promise.all([show(view('One')), show(view('Two')), add(view('Beside'))]);
      return view('Three');
    };
    const stage = await startStage([trial(work, reads)]);
    const exchange = await stage.here(stage.alice).run('try');
    await exchange.until(({ text }) => text === '**Three**');
    expect(exchange.followUps().map(({ text, ephemeral }) => [text, ephemeral])).toEqual([['**Beside**', true]]);
    expect(sent(stage).filter((each) => each.startsWith('callback'))).toEqual(['callback 4']);
  });

  it('that Discord would not take is put into words all the same', async () => {
    const stage = await startStage([trial(async () => message({ title: 'x'.repeat(4001) }), reads)]);
    const answer = await (await stage.here(stage.alice).run('try')).settled();
    expect(answer.text).toContain('incident 7F3K2A');
    expect(answer.ephemeral).toBe(true);
  });

  it('is not answered twice where the answer to the acknowledgement was lost', async () => {
    const stage = await startStage([trial(async () => view('Done'), reads)]);
    stage.discord.fail({ path: /\/callback$/, after: true, with: 'reset' });
    const exchange = await stage.here(stage.alice).run('try');
    expect((await exchange.settled()).text).toBe('**Done**');
    await expect.poll(() => sent(stage)).toEqual(['callback 4', 'callback 4']);
    expect(stage.logged('could not be answered')).toBeUndefined();
  });

  it('is a crowd’s as well, with a request for each and no more', async () => {
    const stage = await startStage([trial(async () => view('Done'), reads)]);
    const here = stage.here(stage.alice);
    const crowd = await Promise.all(Array.from({ length: 120 }, () => here.run('try')));
    const texts = await Promise.all(crowd.map(async (each) => (await each.settled()).text));
    expect(new Set(texts)).toEqual(new Set(['**Done**']));
    expect(crowd.map(({ error }) => error).filter(Boolean)).toEqual([]);
    expect(sent(stage).filter((each) => each.startsWith('callback'))).toHaveLength(120);
  });
});

describe('what changes anything', () => {
  it('begins once Discord has taken the acknowledgement', async () => {
    const order: string[] = [];
    const stage = await startStage([
      trial(async () => {
        order.push('work');
        return view('Done');
      }),
    ]);
    stage.discord.on('change', (change) => {
      if (change.kind === 'interaction' && change.interaction.acknowledged === 'deferred') order.push('acknowledged');
    });
    await (await stage.here(stage.alice).run('try')).settled();
    expect(order.slice(0, 2)).toEqual(['acknowledged', 'work']);
    expect(sent(stage)).toEqual(['callback 5', 'edit']);
  });

  it('does not begin where it is refused beforehand, which is one message, and leaves the one that was pressed', async () => {
    let presses = 0;
    const press = async () => {
      presses += 1;
      return view('Taken');
    };
    const refuse = async () => {
      throw new Problem('query_gone', {});
    };
    const { stage, shown, go } = await withButton(press, { refuse });
    const exchange = await go();
    expect(alone(exchange)).toEqual(['message', true, 0]);
    expect(exchange.message()?.text).toContain('This list has expired');
    expect(exchange.message()?.id).not.toBe(shown.id);
    expect(shown.text).toContain('**Ready**');
    expect([presses, ...sent(stage)]).toEqual([0, 'callback 4', 'callback 4']);
  });

  it('begins after the acknowledgement where nothing was found against it, however long that took', async () => {
    const gate = createGate();
    const asked: string[] = [];
    const refuse = async (_: unknown, argument: string) => {
      asked.push(argument);
      await gate.opened;
    };
    const { stage, go } = await withButton(async () => view('Taken'), { refuse });
    const exchange = await go();
    expect(exchange.acknowledged).toBe('deferred-update');
    gate.open();
    await exchange.until(({ text }) => text === '**Taken**');
    expect(asked).toEqual(['7']);
    expect(sent(stage)).toEqual(['callback 4', 'callback 6', 'edit']);
  });

  it('is refused in one message where its server is not served, or somebody asks too often', async () => {
    let runs = 0;
    const work = async (): Promise<View> => {
      runs += 1;
      return view('Done');
    };
    const elsewhere = await startStage([trial(work)], { isAllowed: false });
    const refused = await elsewhere.here(elsewhere.alice).run('try');
    expect(alone(refused)).toEqual(['message', true, 0]);
    const stage = await startStage([trial(work, { vendorCalls: () => MOST_CALLS })]);
    await (await stage.here(stage.alice).run('try')).settled();
    const again = await stage.here(stage.alice).run('try');
    expect(alone(again)).toEqual(['message', true, 0]);
    expect([runs, sent(elsewhere), sent(stage)]).toEqual([1, ['callback 4'], ['callback 5', 'edit', 'callback 4']]);
  });
});

describe('a press that Discord has given up on', () => {
  it('is not worked on, and costs no request; one now and then is tried, and no clock makes the bot deaf', async () => {
    let [at, runs] = [0, 0];
    const work = async () => {
      runs += 1;
      return view('Done');
    };
    const stage = await startStage([trial(work)], { time: () => performance.now() + at });
    const press = () => stage.here(stage.alice).run('try');
    await (await press()).settled();
    // From one press to the next the bot stood still, as it seems to it.
    at += 10_000;
    await (await press()).settled();
    expect(runs).toBe(2);
    // Discord took that one, so it was the clock: and so are those that follow.
    await (await press()).settled();
    expect(runs).toBe(3);
    at += 20_000;
    stage.discord.fail({ path: /\/callback$/, with: { status: 404, code: 10062, message: 'Unknown interaction' } });
    const before = stage.discord.requests.length;
    const [tried, left] = await Promise.all([press(), press()]);
    expect([tried.error, left.error]).toEqual(Array(2).fill('not acknowledged in 3 seconds'));
    expect(stage.discord.requests.length - before).toBe(1);
    expect([runs, stage.ctx.health.read().late]).toEqual([3, 1]);
    expect(stage.logged('Discord had already given up')?.level).toBe('warn');
  });
});
