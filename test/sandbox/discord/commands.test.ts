import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formCodes } from './api.ts';
import { type Stage, setStage } from './stage.ts';

const text = (name: string, more = {}) => ({ type: 3, name, description: 'x', ...more });
const command = (more = {}) => ({ name: 'buy', description: 'Buy', ...more });

let stage: Stage;
let path: string;

beforeEach(async () => {
  stage = await setStage();
  path = `/applications/${stage.discord.applicationId}/guilds/${stage.guild.id}/commands`;
});
afterEach(() => stage.close());

const refused: [string, unknown, string][] = [
  ['capitals in its name', command({ name: 'Buy' }), 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a space in its name', command({ name: 'buy it' }), 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a name of 33 letters', command({ name: 'x'.repeat(33) }), 'APPLICATION_COMMAND_INVALID_NAME'],
  ['no description', { name: 'buy' }, 'BASE_TYPE_REQUIRED'],
  ['a description of 101', command({ description: 'x'.repeat(101) }), 'BASE_TYPE_BAD_LENGTH'],
  ['an unknown locale', command({ name_localizations: { xx: 'a' } }), 'BASE_TYPE_CHOICES'],
  ['26 options', command({ options: Array.from({ length: 26 }, (_, i) => text(`o${i}`)) }), 'BASE_TYPE_MAX_LENGTH'],
  [
    'a required option after an optional one',
    command({ options: [text('a'), text('b', { required: true })] }),
    'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    'two options of one name',
    command({ options: [text('a'), text('a')] }),
    'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ],
  [
    'a subcommand beside an option',
    command({ options: [{ type: 1, name: 'send', description: 'x' }, text('a')] }),
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a subcommand in a subcommand',
    command({
      options: [
        {
          type: 1,
          name: 'a',
          description: 'x',
          options: [{ type: 1, name: 'b', description: 'x' }],
        },
      ],
    }),
    'UNION_TYPE_CHOICES',
  ],
  [
    'completion and choices',
    command({
      options: [text('a', { autocomplete: true, choices: [{ name: 'a', value: 'a' }] })],
    }),
    'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_MUTUALLY_EXCLUSIVE',
  ],
  [
    '26 choices',
    command({
      options: [
        text('a', {
          choices: Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` })),
        }),
      ],
    }),
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a number as choice of a text',
    command({ options: [text('a', { choices: [{ name: 'a', value: 1 }] })] }),
    'BASE_TYPE_CONVERT',
  ],
  [
    'a least above the most',
    command({ options: [{ type: 4, name: 'n', description: 'x', min_value: 2, max_value: 1 }] }),
    'APPLICATION_COMMAND_OPTIONS_INVALID_RANGE',
  ],
  [
    'more than 8000 characters in all',
    command({
      options: Array.from({ length: 25 }, (_, i) =>
        text(`o${i}`, {
          choices: Array.from({ length: 25 }, (_, c) => ({
            name: `n${c}`,
            value: `${c}`.padEnd(20),
          })),
        }),
      ),
    }),
    'APPLICATION_COMMAND_TOO_LARGE',
  ],
];

describe('registering a command', () => {
  it.each(refused)('is refused with %s', async (_name, body, code) => {
    const answer = await stage.api.put(path, [body]);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(formCodes(answer)).toContain(code);
    expect(formCodes(await stage.api.post(path, body))).toContain(code);
    expect(stage.discord.commandWrites).toBe(1);
  });

  it('is refused where the bot is not, twice under a name, and above 100', async () => {
    const elsewhere = stage.discord.addGuild({ name: 'Elsewhere', joined: false });
    const there = path.replace(stage.guild.id, elsewhere.id);
    expect((await stage.api.put(there, [])).body.code).toBe(50001);
    expect(formCodes(await stage.api.put(path, [command(), command()]))).toEqual([
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
    ]);
    const many = Array.from({ length: 101 }, (_, i) => command({ name: `c${i}` }));
    expect((await stage.api.put(path, many)).body.code).toBe(30032);
  });

  it('replaces all, keeps the id of a name, and gives what changed a new version', async () => {
    const [first] = (await stage.api.put(path, [command()])).list;
    const [same, other] = (await stage.api.put(path, [command(), command({ name: 'sell' })])).list;
    expect([same?.id, same?.version]).toEqual([first?.id, first?.version]);
    expect(other?.name).toBe('sell');
    const [changed] = (await stage.api.put(path, [command({ description: 'Spend' })])).list;
    expect(changed?.id).toBe(first?.id);
    expect(changed?.version).not.toBe(first?.version);
    expect(stage.discord.commands(stage.guild.id)).toHaveLength(1);
    expect(stage.discord.commandWrites).toBe(4);
  });

  it('answers without what only repeats a default, and with localizations on request', async () => {
    const options = [text('a', { required: false, autocomplete: false })];
    const body = command({ options, name_localizations: { de: 'kaufen' } });
    await stage.api.put(path, [{ ...body, default_member_permissions: '32' }]);
    const [short] = (await stage.api.get(path)).list;
    expect(short).toMatchObject({
      type: 1,
      name: 'buy',
      options: [{ type: 3, name: 'a', description: 'x' }],
      default_member_permissions: '32',
      nsfw: false,
    });
    expect(short?.options[0]).not.toHaveProperty('required');
    expect(short).not.toHaveProperty('name_localizations');
    const [full] = (await stage.api.get(`${path}?with_localizations=true`)).list;
    expect(full?.name_localizations).toEqual({ de: 'kaufen' });
  });

  it('can be done one by one, in a guild and for everywhere', async () => {
    for (const at of [path, path.replace(`/guilds/${stage.guild.id}`, '')]) {
      const made = await stage.api.post(at, command({ name: 'sell' }));
      expect(made.status).toBe(201);
      expect((await stage.api.post(at, command({ name: 'sell' }))).status).toBe(200);
      const one = `${at}/${made.body.id}`;
      expect((await stage.api.patch(one, { description: 'Sell' })).body.description).toBe('Sell');
      expect((await stage.api.get(one)).body.description).toBe('Sell');
      expect((await stage.api.delete(one)).status).toBe(204);
      expect((await stage.api.get(one)).body.code).toBe(10063);
    }
  });
});

describe('running a command', () => {
  const set = (...commands: unknown[]) => stage.api.put(path, commands);
  const run = (words: string, options = {}, how = {}) => stage.inGeneral(stage.alice).run(words, options, how);

  it('is checked as a client checks it', async () => {
    const quantity = { type: 4, name: 'n', description: 'x', min_value: 1, max_value: 100 };
    const kind = text('kind', { choices: [{ name: 'A', value: 'a' }] });
    await set(command({ options: [text('item', { required: true }), quantity, kind] }));
    await expect(run('sell')).rejects.toThrow('no command /sell');
    await expect(run('buy')).rejects.toThrow('item is required');
    await expect(run('buy', { item: 'x', n: 0 })).rejects.toThrow('at least 1');
    await expect(run('buy', { item: 'x', n: 101 })).rejects.toThrow('at most 100');
    await expect(run('buy', { item: 'x', n: 1.5 })).rejects.toThrow('whole number');
    await expect(run('buy', { item: 'x', kind: 'b' })).rejects.toThrow('one of a');
    await expect(run('buy', { item: 'x', other: 1 })).rejects.toThrow('no option other');
    const pending = await stage.begin(() => run('buy', { item: 'x', n: 101 }, { unchecked: true }));
    expect(pending.event.data.options[1]).toEqual({ name: 'n', type: 4, value: 101 });
    await pending.callback(5);
  });

  it('finds subcommands, and brings users along', async () => {
    const who = { type: 6, name: 'who', description: 'x', required: true };
    const send = { type: 1, name: 'send', description: 'x', options: [who] };
    await set({ name: 'reward', description: 'x', options: [send] });
    await expect(run('reward')).rejects.toThrow('needs one of its subcommands');
    const pending = await stage.begin(() => run('reward send', { who: stage.bob.id }));
    expect(pending.event.data.options).toEqual([
      { name: 'send', type: 1, options: [{ name: 'who', type: 6, value: stage.bob.id }] },
    ]);
    expect(pending.event.data.resolved.members).toMatchObject({
      [stage.bob.id]: { permissions: expect.stringMatching(/^\d+$/) },
    });
    await pending.callback(5);
  });

  it('hides what its member may not use', async () => {
    await set(command({ default_member_permissions: '32' }));
    await expect(run('buy')).rejects.toThrow('no command /buy');
    stage.discord.setPermissions(stage.guild.id, stage.alice.id, 32n);
    const pending = await stage.begin(() => run('buy'));
    await pending.callback(5);
    expect((await pending.exchange).acknowledged).toBe('deferred');
  });
});
