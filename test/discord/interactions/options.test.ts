import { ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type {
  Asker,
  Command,
  ModalOpener,
  Options,
  PressHandler,
  SubmitHandler,
} from '../../../src/discord/interactions/handler.ts';
import { payload } from '../../../src/discord/messages/message.ts';
import { Problem } from '../../../src/lib/problem.ts';
import { type ActionRow, menuRow, message, peopleRow } from '../../../src/views/kit/message.ts';
import { modal } from '../../../src/views/kit/modal.ts';
import { SECRET } from '../secret-errors.ts';
import { startStage, trial, view } from '../stage.ts';

const asking = (options: unknown[], asked: Options[]) =>
  trial(
    async (_, typed) => {
      asked.push(typed);
      return view('Done');
    },
    { definition: { name: 'try', description: 'Try', options } as Command['definition'] },
  );

describe('whoever presses', () => {
  it('comes with the roles they have in that guild at that moment', async () => {
    const askers: Asker[] = [];
    const press: PressHandler['press'] = async ({ asker }) => {
      askers.push(asker);
      return view('Pressed');
    };
    let guild = '';
    const guildOf = async () => guild;
    const stage = await startStage([
      trial(async () => view('Ready', { Go: 'try.it:7' }), {
        presses: { 'try.it': { acknowledge: 'ephemeral', guildOf, press } },
      }),
    ]);
    guild = stage.guild.id;
    const { discord, bob } = stage;
    const buyers = discord.addRole(guild, { name: 'Buyers' });
    const leads = discord.addRole(guild, { name: 'Leads' });
    const here = stage.here(bob);
    const shown = await (await here.run('try')).settled();
    await stage.directMessages.send(bob.id, view('Ready', { Go: 'try.it:7' }));
    const [dm] = discord.dmsOf(bob.id);
    const rolesNow = async () => {
      await (await here.press(shown, 'Go')).settled();
      await (await stage.inDms(bob).press(dm as never, 'Go')).settled();
      return askers.splice(0).map(({ roles }) => [...roles].sort());
    };
    expect(await rolesNow()).toEqual([[], []]);
    discord.setRoles(guild, bob.id, [buyers.id, leads.id]);
    const both = [buyers.id, leads.id].sort();
    expect(await rolesNow()).toEqual([both, both]);
    discord.deleteRole(guild, leads.id);
    expect(await rolesNow()).toEqual([[buyers.id], [buyers.id]]);
  });
});

describe('a command', () => {
  it('gets people, roles and channels as their ids', async () => {
    const asked: Options[] = [];
    const kinds = { who: 6, where: 7, what: 8 };
    const options = Object.entries(kinds).map(([name, type]) => ({ name, type, description: 'X' }));
    const stage = await startStage([asking(options, asked)]);
    const { id: what } = stage.discord.addRole(stage.guild.id, { name: 'Buyers' });
    const typed = { who: stage.bob.id, where: stage.guild.general.id, what };
    await (await stage.here(stage.alice).run('try', typed)).settled();
    expect(asked).toEqual([typed]);
  });

  it('with subcommands gets the name of the one that was run, and its options', async () => {
    const asked: Options[] = [];
    const amount = { type: 4, name: 'amount', description: 'How much' };
    const options = [
      { type: 1, name: 'show', description: 'Show' },
      { type: 2, name: 'of', description: 'Of', options: [sub('team', [amount])] },
    ];
    const stage = await startStage([asking(options, asked)]);
    const here = stage.here(stage.alice);
    await (await here.run('try show')).settled();
    await (await here.run('try of team', { amount: 3 })).settled();
    expect(asked).toEqual([{ subcommand: 'show' }, { subcommand: 'team', amount: 3 }]);
  });
});

function sub(name: string, options: unknown[]) {
  return { type: 1, name, description: name, options };
}

describe('a menu', () => {
  it('of any kind gives all that was picked, people, roles and channels as their ids', async () => {
    const got: [string, readonly string[]][] = [];
    const press: PressHandler['press'] = async (_, argument, chosen) => {
      got.push([argument, chosen]);
      return undefined;
    };
    const letters = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
    const rows: ActionRow[] = (['user', 'role', 'channel'] as const).map((kind) =>
      peopleRow(`try.it:${kind}`, { kind, placeholder: kind, min: 0, max: 5 }),
    );
    const letterRow = menuRow('try.it:letters', 'letters', letters, { min: 0, max: 3 });
    const stage = await startStage([
      trial(async () => message({ title: 'Pick', rows: [letterRow, ...rows] }), {
        presses: { 'try.it': { acknowledge: 'update', press } },
      }),
    ]);
    const { discord, guild, alice, bob } = stage;
    const buyers = discord.addRole(guild.id, { name: 'Buyers' });
    const leads = discord.addRole(guild.id, { name: 'Leads' });
    const here = stage.here(alice);
    const shown = await (await here.run('try')).settled();
    const picks = {
      letters: ['c', 'a'],
      user: [alice.id, bob.id],
      role: [buyers.id, leads.id],
      channel: [guild.general.id],
    };
    for (const [menu, values] of Object.entries(picks)) await here.choose(shown, menu, values);
    await here.choose(shown, 'role', []);
    await expect.poll(() => got).toEqual([...Object.entries(picks), ['role', []]]);
  });
});

const option = { label: 'a', value: 'a' };

/** /try, whose menu opens a form, and what was submitted with it. */
function formTrial(open: ModalOpener['open'], acknowledge: SubmitHandler['acknowledge']) {
  const submitted: unknown[] = [];
  const options = [{ label: 'Limits', value: 'limits' }];
  const command = trial(async () => message({ title: 'Panel', rows: [menuRow('try.form:x', 'Change', options)] }), {
    presses: { 'try.form': { acknowledge: 'modal', open } },
    submits: {
      'try.form': {
        acknowledge,
        submit: async (_, ...rest) => {
          submitted.push(rest);
          return view('Changed');
        },
      },
    },
  });
  return { command, submitted };
}

describe('a form', () => {
  it('is opened by what was picked, after one look at what is kept, and changes its message in place', async () => {
    const facts: unknown[] = [];
    const { command, submitted } = formTrial(async ({ asker, locale }, argument, chosen) => {
      await Promise.resolve(); // a look at the store
      facts.push([asker.user, asker.isManager, locale, argument, chosen]);
      return modal('try.form', argument, 'Limits', [
        { kind: 'text', id: 'most', label: 'At most', value: '100' },
        { kind: 'role', id: 'roles', label: 'Who', placeholder: 'Roles', required: false, max: 3 },
        { kind: 'user', id: 'users', label: 'People', placeholder: 'People', required: false },
        { kind: 'channel', id: 'where', label: 'Where', placeholder: 'Channel' },
        {
          ...{ kind: 'choice', id: 'rule', label: 'Rule', placeholder: 'Rule' },
          options: [
            { label: 'Alone', value: 'alone', chosen: true },
            { label: 'With another', value: 'other' },
          ],
        },
      ]);
    }, 'update');
    const stage = await startStage([command]);
    const { discord, guild, alice, bob } = stage;
    const role = discord.addRole(guild.id, { name: 'Buyers' });
    const here = stage.here(alice);
    const shown = await (await here.run('try')).settled();
    const opened = await here.choose(shown, 'Change', ['Limits']);
    expect(opened.modal?.fields).toMatchObject([
      { label: 'At most', value: '100', type: ComponentType.TextInput },
      { label: 'Who', required: false, chosen: [] },
      { label: 'People', required: false },
      { label: 'Where', required: true },
      { label: 'Rule', chosen: ['alone'] },
    ]);
    const where = guild.general.id;
    const filled = { most: '50', Who: [role.id], users: [bob.id], Where: where };
    const pressed = await here.submit(opened, filled);
    expect(pressed.acknowledged).toBe('deferred-update');
    expect((await pressed.settled()).text).toBe('**Changed**');
    expect(shown.text).toBe('**Changed**');
    expect(facts).toEqual([[alice.id, true, 'en-US', 'x', ['limits']]]);
    const picked = { roles: [role.id], users: [bob.id], where: [where], rule: ['alone'] };
    expect(submitted).toEqual([['x', { most: '50' }, picked]]);
  });

  it.each([
    ['that must not be opened', new Problem('query_gone', {}), 'This list has expired'],
    ['that fails', new TypeError(SECRET), 'incident 7F3K2A'],
  ])('%s is a message for the asker alone', async (_, error, text) => {
    const { command, submitted } = formTrial(() => Promise.reject(error), 'update');
    const stage = await startStage([command]);
    const here = stage.here(stage.alice);
    const shown = await (await here.run('try')).settled();
    const refused = await here.choose(shown, 'Change', ['limits']);
    expect(refused).toMatchObject({ acknowledged: 'message', ephemeral: true });
    const answer = await refused.settled();
    expect(answer.text).toContain(text);
    expect(answer.text).not.toContain(SECRET);
    expect(shown.text).toContain('**Panel**');
    expect(submitted).toEqual([]);
  });

  it('is not opened in a guild that is not on the list', async () => {
    const { command } = formTrial(() => modal('try.form', 'x', 'X', []), 'update');
    const stage = await startStage([command], { isAllowed: false });
    const shown = message({ title: 'Old', rows: [menuRow('try.form:x', 'Change', [option])] });
    await stage.directMessages.send(stage.alice.id, shown);
    const [dm] = stage.discord.dmsOf(stage.alice.id);
    const refused = await stage.inDms(stage.alice).choose(dm as never, 'Change', ['a']);
    expect((await refused.settled()).text).toContain('Cardigan is not set up for this server.');
  });

  it('that fails once it is submitted leaves its message as it was', async () => {
    const { command } = formTrial(
      () => modal('try.form', 'x', 'X', [{ kind: 'text', id: 'most', label: 'At most' }]),
      'update',
    );
    const submit = () => Promise.reject(new Problem('bad_amount', { text: 'many' }));
    const submits = { 'try.form': { acknowledge: 'update', submit } as const };
    const stage = await startStage([{ ...command, submits }]);
    const here = stage.here(stage.alice);
    const shown = await (await here.run('try')).settled();
    const opened = await here.choose(shown, 'Change', ['limits']);
    const pressed = await here.submit(opened, { most: 'many' });
    await expect.poll(() => pressed.followUps()[0]?.text).toContain('many');
    expect(pressed.followUps()[0]).toMatchObject({ ephemeral: true });
    expect(shown.text).toContain('**Panel**');
  });
});

describe('a message', () => {
  it('pings only those whom it names and mentions, and once, however often it is edited', async () => {
    const stage = await startStage();
    const { discord, client, guild, alice, bob } = stage;
    const role = discord.addRole(guild.id, { name: 'Approvers', mentionable: true });
    const calling = (text: string) =>
      message({
        title: `${text} <@&${role.id}> <@${alice.id}> <@${bob.id}> @everyone`,
        mentions: { users: [alice.id], roles: [role.id] },
      });
    const channel = await client.channels.fetch(guild.general.id);
    if (!channel?.isSendable()) throw new Error('no channel');
    const sent = await channel.send(payload(calling('Asked'), () => undefined));
    await channel.messages.edit(
      sent.id,
      payload(calling('Decided'), () => undefined),
    );
    const [posted] = discord.channelMessages(guild.general.id);
    expect(posted?.text).toContain('Decided');
    expect(posted?.edits).toBe(1);
    expect([...(posted?.pinged ?? [])].sort()).toEqual([role.id, alice.id].sort());
    await channel.send(payload({ ...calling('Quiet'), mentions: {} }, () => undefined));
    expect(discord.channelMessages(guild.general.id)[1]?.pinged).toEqual([]);
  });
});
