import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import {
  type Asker,
  type Command,
  type InteractionContext,
  indexHandlers,
  type Options,
  type PressHandler,
} from '../../../src/discord/interactions/handler.ts';
import { Problem } from '../../../src/lib/problem.ts';
import { message } from '../../../src/views/kit/message.ts';
import { SECRET } from '../secret-errors.ts';
import { createGate, menuView, startStage, trial, view } from '../stage.ts';

const askers: Asker[] = [];
const presses = (press: PressHandler['press'], more: Partial<PressHandler> = {}) => ({
  'try.it': { acknowledge: 'ephemeral', press, ...more } as const,
});
const withButton = async () => view('Ready', { Go: 'try.it:7' });

describe('an answer that takes longer than Discord lets it be edited', () => {
  const AN_HOUR = 60 * 60_000;
  async function handed({ late = false, closed = false } = {}) {
    const gate = createGate();
    const meanwhile: boolean[] = [];
    const command = trial(async (moment) => {
      await gate.opened;
      meanwhile.push(await moment.showMeanwhile(view('Still at it')));
      await moment.hand(view('The panel', { Go: 'try.it:7' }), view(`<@${moment.asker.user}>, it is there`));
      return undefined;
    });
    const stage = await startStage([command]);
    if (closed) stage.discord.closeDms(stage.bob.id);
    const exchange = await stage.here(stage.bob).run('try');
    if (late) stage.discord.advance(AN_HOUR);
    gate.open();
    const { discord, guild, bob } = stage;
    const inChannel = () => discord.channelMessages(guild.general.id).filter(({ ephemeral }) => !ephemeral);
    return { exchange, meanwhile, inDms: () => discord.dmsOf(bob.id), inChannel };
  }

  it('is the answer as long as it can be', async () => {
    const { exchange, meanwhile, inDms, inChannel } = await handed();
    expect((await exchange.until(({ text }) => text.includes('The panel'))).buttons).toHaveLength(1);
    expect([meanwhile, inDms(), inChannel()]).toEqual([[true], [], []]);
  });

  it('comes by direct message later on, whole, and to nobody else', async () => {
    const { meanwhile, inDms, inChannel } = await handed({ late: true });
    await expect.poll(() => inDms().map(({ text }) => text)).toEqual([expect.stringContaining('The panel')]);
    expect(inDms()[0]?.buttons).toHaveLength(1);
    expect([meanwhile, inChannel()]).toEqual([[false], []]);
  });

  it('is told of in the channel where its asker takes no direct messages', async () => {
    const { inDms, inChannel } = await handed({ late: true, closed: true });
    await expect.poll(() => inChannel().map(({ text }) => text)).toEqual([expect.stringContaining('it is there')]);
    expect(inDms()).toEqual([]);
  });
});

describe('a command', () => {
  it('is acknowledged for the asker alone, and answered with what its handler gives', async () => {
    const asked: [InteractionContext, Options][] = [];
    const options = [
      { type: 3, name: 'item', description: 'Which' },
      { type: 4, name: 'quantity', description: 'How many' },
    ];
    const command = trial(
      async (moment, typed) => {
        asked.push([moment, typed]);
        return view('Done');
      },
      { definition: { name: 'try', description: 'Try', options } as Command['definition'] },
    );
    const stage = await startStage([command]);
    const exchange = await stage.here(stage.alice).run('try', { item: 'x', quantity: 2 });
    expect(exchange).toMatchObject({ acknowledged: 'deferred', ephemeral: true });
    expect((await exchange.settled()).text).toBe('**Done**');
    expect(asked[0]?.[1]).toEqual({ item: 'x', quantity: 2 });
    expect(asked[0]?.[0]).toMatchObject({
      asker: { user: stage.alice.id, guild: stage.guild.id, isManager: true },
      channel: stage.guild.general.id,
      locale: 'en-US',
    });
    await (await stage.here(stage.bob).run('try')).settled();
    expect(asked[1]?.[0].asker).toMatchObject({ user: stage.bob.id, isManager: false });
    expect(asked[1]?.[1]).toEqual({});
  });

  it('comes from an admin only where that is the guild that owns the account', async () => {
    const asked: Asker[] = [];
    const command = trial(async ({ asker }) => {
      asked.push(asker);
      return view('Done');
    });
    for (const options of [{}, { ownerGuild: '999999999999999999' }]) {
      const stage = await startStage([command], options);
      await (await stage.here(stage.alice).run('try')).settled();
      await (await stage.here(stage.bob).run('try')).settled();
    }
    expect(asked.map(({ isManager, isAdmin }) => [isManager, isAdmin])).toEqual([
      ...[
        [true, true],
        [false, false],
      ],
      ...[
        [true, false],
        [false, false],
      ],
    ]);
  });

  it('from a guild that is not on the list gets a polite refusal and no data', async () => {
    let runs = 0;
    const work = async () => {
      runs += 1;
      return view('Data');
    };
    const completer = { item: () => [{ name: 'a card', value: 'card' }] };
    const options = [{ type: 3, name: 'item', description: 'Which', autocomplete: true }];
    const definition = { name: 'try', description: 'Try', options } as Command['definition'];
    const command = trial(work, { definition, complete: completer, presses: presses(work) });
    const stage = await startStage([command], { isAllowed: false });
    const here = stage.here(stage.alice);
    const refused = await (await here.run('try')).settled();
    expect(refused.text).toContain('Cardigan is not set up for this server.');
    expect(refused.ephemeral).toBe(true);
    expect(await here.complete('try', { item: 'c' }, 'item')).toEqual([]);
    await stage.directMessages.send(stage.alice.id, await withButton());
    const [dm] = stage.discord.dmsOf(stage.alice.id);
    const pressed = await stage.inDms(stage.alice).press(dm as never, 'Go');
    expect((await pressed.settled()).text).toContain('Cardigan is not set up for this server.');
    expect(runs).toBe(0);
  });

  it('that this Cardigan does not have is answered all the same', async () => {
    const stage = await startStage();
    const route = Routes.applicationGuildCommands(stage.client.application.id, stage.guild.id);
    await stage.client.rest.put(route, { body: [{ name: 'old', description: 'Old' }] });
    const answer = await (await stage.here(stage.alice).run('old')).settled();
    expect(answer.text).toContain('Please run the command again.');
  });
});

describe('a handler that cannot do it', () => {
  const failing = (error: unknown) =>
    trial(async () => {
      throw error;
    });

  it('says a problem in its words', async () => {
    const stage = await startStage([failing(new Problem('bad_quantity', { highest: 100 }))]);
    const answer = await (await stage.here(stage.alice).run('try')).settled();
    expect(answer.text).toContain('a whole number from 1 to 100');
    expect(stage.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('gives any other error a name, which is shown and logged, and shows nothing of it', async () => {
    const stage = await startStage([failing(new TypeError(SECRET))]);
    const answer = await (await stage.here(stage.alice).run('try')).settled();
    expect(answer.text).toContain('incident 7F3K2A');
    expect(answer.text).not.toContain(SECRET);
    expect(stage.logged('a handler failed')?.facts).toMatchObject({
      incident: '7F3K2A',
      err: expect.any(TypeError),
    });
  });

  it('tells a problem in a message of its own when it would overwrite another', async () => {
    const press = async () => {
      throw new Problem('query_gone', {});
    };
    const stage = await startStage([trial(withButton, { presses: presses(press, { acknowledge: 'update' }) })]);
    const here = stage.here(stage.alice);
    const shown = await (await here.run('try')).settled();
    const pressed = await here.press(shown, 'Go');
    await expect.poll(() => pressed.followUps().length).toBe(1);
    expect(pressed.followUps()[0]).toMatchObject({ ephemeral: true });
    expect(pressed.followUps()[0]?.text).toContain('This list has expired');
    expect(shown.text).toContain('**Ready**');
  });

  it('never leaves "thinking…", also when its answer is none that Discord takes', async () => {
    const stage = await startStage([trial(async () => message({ title: 'x'.repeat(4001) }))]);
    const answer = await (await stage.here(stage.alice).run('try')).settled();
    expect(answer.text).toContain('incident 7F3K2A');
  });

  it('never leaves "thinking…", also when Discord refuses an edit for a while', async () => {
    const stage = await startStage([trial(async () => view('Done'))]);
    const fault = stage.discord.fail({ method: 'PATCH', path: /original$/, times: 4, with: 500 });
    const answer = await (await stage.here(stage.alice).run('try')).settled(30_000);
    expect(fault.hits).toBe(4);
    expect(answer.text).toContain('incident 7F3K2A');
  });
});

describe('an acknowledgement that Discord did not take', () => {
  const ways = {
    'somebody else answered first': { status: 400, code: 40060, message: 'x' },
    'it came too late': { status: 404, code: 10062, message: 'x' },
    'the connection broke': 'reset',
    'no answer came': 'hang',
  } as const;

  async function refusedBy(how: (typeof ways)[keyof typeof ways]) {
    let runs = 0;
    const command = trial(async () => {
      runs += 1;
      return view('Done');
    });
    const stage = await startStage([command]);
    Object.assign(stage.client.rest.options, { timeout: 200, retries: 1 });
    stage.discord.fail({ path: /\/callback$/, times: 99, with: how });
    const { error } = await stage.here(stage.alice).run('try');
    const logged = () => stage.logged('could not be answered')?.facts.err;
    await expect.poll(logged, { timeout: 30_000 }).toMatchObject({ name: 'DiscordFailure' });
    return { error, runs };
  }

  it('stops all work, whatever the reason', async () => {
    const outcomes = await Promise.all(Object.values(ways).map(refusedBy));
    const unanswered = { error: 'not acknowledged in 3 seconds', runs: 0 };
    expect(outcomes).toEqual(Object.keys(ways).map(() => unanswered));
  });
});

describe('a button', () => {
  it('that nobody handles any more says so', async () => {
    const stage = await startStage([trial(async () => view('Old', { Go: 'gone.verb:1' }))]);
    const here = stage.here(stage.alice);
    const pressed = await here.press(await (await here.run('try')).settled(), 'Go');
    expect((await pressed.settled()).text).toContain('has expired');
  });

  it('carries its argument, and a menu what was chosen', async () => {
    const got: unknown[][] = [];
    const press: PressHandler['press'] = async (_, argument, chosen) => {
      got.push([argument, chosen]);
      return view('Pressed');
    };
    let shown = 0;
    const stage = await startStage([
      trial(async () => (shown++ ? menuView('Menu', 'try.it:a:b', ['one', 'two']) : withButton()), {
        presses: presses(press),
      }),
    ]);
    const here = stage.here(stage.alice);
    await (await here.press(await (await here.run('try')).settled(), 'Go')).settled();
    await (await here.choose(await (await here.run('try')).settled(), 'Choose', ['two'])).settled();
    expect(got).toEqual([
      ['7', []],
      ['a:b', ['two']],
    ]);
  });

  it('changes its own message, or opens a form whose fields come back', async () => {
    const submitted: unknown[] = [];
    const command = trial(async () => view('Ready', { Form: 'try.form:x', Change: 'try.it:7' }), {
      presses: {
        ...presses(async () => view('Changed'), { acknowledge: 'update' }),
        'try.form': {
          acknowledge: 'modal',
          open: (_, argument) => ({
            custom_id: `try.form:${argument}`,
            title: 'Form',
            components: [{ type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 1 } }],
          }),
        },
      },
      submits: {
        'try.form': {
          acknowledge: 'ephemeral',
          submit: async (_, argument, fields) => {
            submitted.push([argument, fields]);
            return view('Submitted');
          },
        },
      },
    });
    const stage = await startStage([command]);
    const here = stage.here(stage.alice);
    const shown = await (await here.run('try')).settled();
    const opened = await here.press(shown, 'Form');
    expect(opened.acknowledged).toBe('modal');
    expect((await (await here.submit(opened, { Why: 'a quiz' })).settled()).text).toBe('**Submitted**');
    expect(submitted).toEqual([['x', { why: 'a quiz' }]]);
    const pressed = await here.press(shown, 'Change');
    expect((await pressed.settled()).text).toBe('**Changed**');
    expect(shown.text).toBe('**Changed**');
  });

  describe('in a form', () => {
    const fill = async (typed: string, more: { isSecret?: true } = {}) => {
      const got: unknown[] = [];
      const command = trial(async () => view('Ready', { Form: 'try.form:x' }), {
        presses: {
          'try.form': {
            acknowledge: 'modal',
            open: (_, argument) => ({
              custom_id: `try.form:${argument}`,
              title: 'Form',
              components: [{ type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 2 } }],
            }),
          },
        },
        submits: {
          'try.form': {
            acknowledge: 'ephemeral',
            ...more,
            submit: async (_, __, { why }) => {
              got.push(why);
              throw new Problem('bad_setting_amount', { text: '1,000', highest: 9, decimals: 3 });
            },
          },
        },
      });
      const stage = await startStage([command]);
      const here = stage.here(stage.alice);
      const opened = await here.press(await (await here.run('try')).settled(), 'Form');
      return { got, said: (await (await here.submit(opened, { Why: typed })).settled()).text };
    };

    it('what was typed is kept where it was refused, to be copied', async () => {
      const { said } = await fill('Steam\nGoogle `Play`');
      expect(said).toContain("What you typed:\n```\nSteam\nGoogle 'Play'\n```");
    });

    it('what the sentence names already is not said twice', async () => {
      expect((await fill('1,000')).said).not.toContain('What you wrote');
    });

    it('what may hold a code is not said back', async () => {
      expect((await fill('AAAA-BBBB', { isSecret: true })).said).not.toContain('AAAA');
    });

    it('is taken as whoever wrote it sees it', async () => {
      expect((await fill(' \u200bToo\u00a0dear\u202e ')).got).toEqual(['Too dear']);
    });
  });

  it('that asks CardPlusPay does so as long as its presser has calls left, and says when there are more', async () => {
    let asked = 0;
    const press = async () => view(`Asked ${++asked}`);
    const command = trial(withButton, { vendorCalls: () => 50, presses: presses(press, { vendorCalls: 50 }) });
    const stage = await startStage([command]);
    const press3 = async (user: typeof stage.alice) => {
      const here = stage.here(user);
      const shown = await (await here.run('try')).settled();
      const texts = [];
      for (let each = 0; each < 2; each++) texts.push((await (await here.press(shown, 'Go')).settled()).text);
      return texts;
    };
    const [first, second] = await press3(stage.alice);
    expect(first).toContain('Asked 1');
    expect(second).toContain('You are checking with CardPlusPay too often.');
    expect(second).toMatch(/try again in \d+ seconds/);
    expect(await press3(stage.bob)).toEqual([expect.stringContaining('Asked 2'), expect.stringContaining('too often')]);
    expect(asked).toBe(2);
  });

  it('in a direct message counts in the guild of its order, by what the presser is there now', async () => {
    askers.length = 0;
    const press: PressHandler['press'] = async ({ asker }) => {
      askers.push(asker);
      return view('Pressed');
    };
    const guildId = { now: '' };
    const guildOf = async () => guildId.now || undefined;
    const stage = await startStage([trial(withButton, { presses: presses(press, { guildOf }) })]);
    guildId.now = stage.guild.id;
    const pressBy = async (user: typeof stage.alice) => {
      const [dm] = stage.discord.dmsOf(user.id);
      return (await (await stage.inDms(user).press(dm as never, 'Go')).settled()).text;
    };
    await stage.directMessages.send(stage.alice.id, await withButton());
    await stage.directMessages.send(stage.bob.id, await withButton());
    await pressBy(stage.alice);
    await pressBy(stage.bob);
    stage.discord.setPermissions(stage.guild.id, stage.bob.id, 1n << 5n);
    await expect.poll(() => pressBy(stage.bob).then(() => askers.at(-1)?.isManager)).toBe(true);
    stage.discord.removeMember(stage.guild.id, stage.alice.id);
    await pressBy(stage.alice);
    const guild = stage.guild.id;
    const [role] = stage.guild.members.get(stage.bob.id)?.roleIds ?? [];
    const as = ({ id: user }: typeof stage.bob, is: boolean, roles: unknown[]) =>
      ({ user, guild, isManager: is, isAdmin: is, roles }) as const;
    // When a member's account was made, and when they came: whoever has left is known for less.
    const long = { createdAt: expect.any(Number), joinedAt: expect.any(Number) };
    expect(askers[0]).toEqual({ ...as(stage.alice, true, [expect.any(String)]), ...long });
    expect(askers[1]).toEqual({ ...as(stage.bob, false, []), ...long });
    expect(askers.find(({ user, isManager }) => user === stage.bob.id && isManager)).toEqual({
      ...as(stage.bob, true, [role]),
      ...long,
    });
    expect(askers.at(-1)).toEqual({ ...as(stage.alice, false, []), hasLeft: true });
    const before = askers.length;
    guildId.now = '';
    // What the button was about is not on record any more.
    expect(await pressBy(stage.bob)).toContain('This quote has expired or was cancelled.');
    guildId.now = '999999999999999999';
    expect(await pressBy(stage.bob)).toContain('Cardigan is not set up for this server.');
    expect(askers).toHaveLength(before);
  });

  it('in a direct message opens a form, which comes back in the guild of its order', async () => {
    const seenBy: [string, string, boolean][] = [];
    const guildId = { now: '' };
    const guildOf = async (argument: string) => (argument === '7' ? guildId.now : undefined);
    const command = trial(withButton, {
      presses: {
        'try.it': {
          acknowledge: 'modal',
          guildOf,
          open: ({ asker }, argument) => {
            seenBy.push(['open', asker.guild, asker.isManager]);
            const why = { type: 4, custom_id: 'why', style: 1 } as const;
            const components = [{ type: 18, label: 'Why', component: why } as const];
            return { custom_id: `try.it:${argument}`, title: 'Form', components };
          },
        },
      },
      submits: {
        'try.it': {
          acknowledge: 'ephemeral',
          guildOf,
          submit: async ({ asker }) => {
            seenBy.push(['submit', asker.guild, asker.isManager]);
            return view('Submitted');
          },
        },
      },
    });
    const stage = await startStage([command]);
    guildId.now = stage.guild.id;
    await stage.directMessages.send(stage.alice.id, await withButton());
    const [dm] = stage.discord.dmsOf(stage.alice.id);
    const here = stage.inDms(stage.alice);
    const opened = await here.press(dm as never, 'Go');
    expect(opened.acknowledged).toBe('modal');
    const answer = await (await here.submit(opened, { Why: 'a quiz' })).settled();
    expect(answer.text).toBe('**Submitted**');
    const { id } = stage.guild;
    expect(seenBy).toEqual([
      ['open', id, true],
      ['submit', id, true],
    ]);
    guildId.now = '999999999999999999';
    const refused = await (await here.press(dm as never, 'Go')).settled();
    expect(refused.text).toContain('Cardigan is not set up for this server.');
    expect(seenBy).toHaveLength(2);
  });
});

describe('an answer that changes as the work goes on', () => {
  it('shows each step in order, also when nobody waited for the one before', async () => {
    const steps = ['1', '2', '3', '4', '5'];
    const stage = await startStage([
      trial(async ({ show }) => {
        await Promise.all(steps.map((step) => show(view(step))));
        return undefined;
      }),
    ]);
    const exchange = await stage.here(stage.alice).run('try');
    await exchange.until(({ text }) => text === '**5**');
    const edits = stage.discord.requests.filter(({ method }) => method === 'PATCH');
    expect(edits.map(({ body }) => JSON.stringify(body).match(/\*\*(\d)\*\*/)?.[1])).toEqual(steps);
  });

  it('goes on after an edit that failed', async () => {
    const stage = await startStage([
      trial(async ({ show }) => {
        const failed = show(message({ title: 'x'.repeat(4001) })).catch(() => 'failed');
        await show(view(`then ${await failed}`));
        return undefined;
      }),
    ]);
    const exchange = await stage.here(stage.alice).run('try');
    expect((await exchange.settled()).text).toBe('**then failed**');
  });

  it('comes nowhere else when the answer can no longer be changed', async () => {
    const gate = createGate();
    const outcome: unknown[] = [];
    const stage = await startStage([
      trial(async (moment) => {
        await moment.show(view('Working'));
        await gate.opened;
        await moment.show(view('Receipt')).catch((error: unknown) => outcome.push(error));
        return undefined;
      }),
    ]);
    const exchange = await stage.here(stage.alice).run('try');
    await exchange.until(({ text }) => text === '**Working**');
    stage.discord.advance(16 * 60_000);
    gate.open();
    await expect.poll(() => outcome.length, { timeout: 10_000 }).toBe(1);
    expect(outcome[0]).toMatchObject({ name: 'DiscordFailure', kind: 'gone' });
    expect(stage.discord.dmsOf(stage.alice.id)).toEqual([]);
    expect(stage.logged('a handler failed')).toBeUndefined();
  });
});

describe('completion', () => {
  it('offers what the command knows, without choices that Discord would refuse', async () => {
    const long = 'x'.repeat(101);
    const options = [{ type: 3, name: 'item', description: 'Which', autocomplete: true }];
    const command = trial(async () => undefined, {
      definition: { name: 'try', description: 'Try', options } as Command['definition'],
      complete: {
        item: (typed) => [
          { name: `you typed ${typed}`, value: typed },
          { name: 'too long', value: long },
        ],
      },
    });
    const stage = await startStage([command]);
    expect(await stage.here(stage.alice).complete('try', { item: 'goo' }, 'item')).toEqual([
      { name: 'you typed goo', value: 'goo' },
    ]);
  });
});

describe('whatever the text says', () => {
  it('nobody is pinged', async () => {
    const loud = view('<@1> @everyone @here');
    const stage = await startStage([
      trial(
        async (moment) => {
          await moment.show(loud);
          await moment.add(loud);
          return undefined;
        },
        { presses: presses(async () => loud, { acknowledge: 'update' }) },
      ),
    ]);
    const exchange = await stage.here(stage.alice).run('try');
    await expect.poll(() => exchange.followUps().length).toBe(1);
    await stage.directMessages.send(stage.alice.id, loud);
    const messages = [exchange.message(), ...exchange.followUps(), ...stage.discord.dmsOf(stage.alice.id)];
    expect(messages.map((one) => one?.mentioned)).toEqual([[], [], []]);
    expect(messages.map((one) => one?.pinged)).toEqual([[], [], []]);
    const bodies = stage.discord.requests.map(({ body }) => body as { components?: unknown } | undefined);
    const withText = bodies.filter((body) => body?.components !== undefined);
    expect(withText).toHaveLength(3);
    for (const body of withText) expect(body).toMatchObject({ allowed_mentions: { parse: [] } });
  });
});

describe('two commands', () => {
  const press = presses(async () => undefined);
  it('cannot claim one verb, one form or one name', () => {
    const named = (name: string, more: Partial<Command>) =>
      trial(async () => undefined, { definition: { name, description: name }, ...more });
    const submits = {
      'try.it': { acknowledge: 'ephemeral', submit: async () => undefined } as const,
    };
    const both = (more: Partial<Command>) => () => indexHandlers([named('a', more), named('b', more)]);
    expect(both({ presses: press })).toThrow('two commands claim: try.it');
    expect(both({ submits })).toThrow('two commands claim: try.it');
    expect(() => indexHandlers([named('a', {}), named('a', {})])).toThrow('two commands claim: a');
    expect(indexHandlers([named('a', { presses: press }), named('b', { submits })]).presses.size).toBe(1);
  });
});
