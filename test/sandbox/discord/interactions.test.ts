import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formCodes } from './api.ts';
import { type Pending, type Stage, setStage } from './stage.ts';

const MINUTE = 60_000;
const EPHEMERAL = 64;
const button = (custom_id: string, more = {}) => ({
  type: 2,
  style: 1,
  label: 'Go',
  custom_id,
  ...more,
});
const row = (...components: unknown[]) => ({ type: 1, components });
const withButton = { content: 'Sure?', components: [row(button('go'))] };
const input = { type: 4, custom_id: 'why', style: 1, label: 'Why' };
const modal = { custom_id: 'm', title: 'Why', components: [row(input)] };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const messageOf = async (pending: Pending) => {
  const message = (await pending.exchange).message();
  if (!message) throw new Error('no answer');
  return message;
};

const beginPress = async (pending: Pending, user = stage.alice) => {
  const message = await messageOf(pending);
  return stage.begin(() => stage.inGeneral(user).press(message, 'Go'));
};

describe('the acknowledgement', () => {
  it('is accepted once: a second one is refused with 40060', async () => {
    const pending = await stage.answered(4, { content: 'hello' });
    expect(await pending.callback(4, { content: 'again' })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    });
  });

  it('is refused with 10062 after three seconds, and the user is told', async () => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    stage.discord.advance(3001);
    expect((await pending.exchange).error).toBe('not acknowledged in 3 seconds');
    expect((await pending.exchange).acknowledged).toBe('none');
    expect(await pending.callback(5)).toMatchObject({ status: 404, body: { code: 10062 } });
    expect(await stage.api.post(pending.webhook, { content: 'late' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
  });

  it('that never comes is told to the user without anybody advancing the clock', async () => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    expect((await pending.exchange).error).toBe('not acknowledged in 3 seconds');
  });

  it('is refused with 10062 for a wrong id or token', async () => {
    const { id, token } = await stage.answered(5);
    const wrong = [`/interactions/1/${token}/callback`, `/interactions/${id}/nope/callback`];
    for (const path of wrong)
      expect(await stage.api.post(path, { type: 5 })).toMatchObject({
        status: 404,
        body: { code: 10062 },
      });
  });

  it('of a command cannot be an update or choices, and leaves it unanswered', async () => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    for (const type of [1, 6, 7, 8]) {
      const refused = await pending.callback(type);
      expect(refused).toMatchObject({ status: 400, body: { code: 50035 } });
      expect(formCodes(refused)).toEqual(['BASE_TYPE_CHOICES']);
    }
    expect((await pending.callback(5)).status).toBe(204);
  });

  it('of a completion can only be choices, at most 25 of 100 characters', async () => {
    await stage.api.put(`/applications/${stage.discord.applicationId}/guilds/${stage.guild.id}/commands`, [
      {
        name: 'find',
        description: 'x',
        options: [{ type: 3, name: 'item', description: 'x', autocomplete: true }],
      },
    ]);
    const completing = stage.inGeneral(stage.alice).complete('find', { item: 'g' }, 'item');
    const { id, token, data } = await stage.gateway.event('INTERACTION_CREATE');
    expect(data.options).toEqual([{ name: 'item', type: 3, value: 'g', focused: true }]);
    const answer = (type: number, more = {}) =>
      stage.api.post(`/interactions/${id}/${token}/callback`, { type, data: more });
    const choice = (name: string) => ({ name, value: name });
    expect((await answer(4, { content: 'no' })).body.code).toBe(50035);
    const many = Array.from({ length: 26 }, (_, index) => choice(`${index}`));
    expect(formCodes(await answer(8, { choices: many }))).toEqual(['BASE_TYPE_MAX_LENGTH']);
    expect(formCodes(await answer(8, { choices: [choice('x'.repeat(101))] }))).toEqual([
      'BASE_TYPE_BAD_LENGTH',
      'BASE_TYPE_MAX_LENGTH',
    ]);
    expect((await answer(8, { choices: many.slice(1) })).status).toBe(204);
    expect(await completing).toHaveLength(25);
  });

  it('can be asked for what came of it', async () => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    const answer = await stage.api.post(`/interactions/${pending.id}/${pending.token}/callback?with_response=true`, {
      type: 4,
      data: { content: 'hello', flags: EPHEMERAL },
    });
    expect(answer.status).toBe(200);
    expect(answer.body.interaction).toMatchObject({
      id: pending.id,
      type: 2,
      response_message_ephemeral: true,
      response_message_loading: false,
    });
    expect(answer.body.resource).toMatchObject({ type: 4, message: { content: 'hello' } });
  });

  it('counts from an empty one: nothing to show is refused with 50006', async () => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    expect(await pending.callback(4, { content: '  ' })).toMatchObject({
      status: 400,
      body: { code: 50006 },
    });
  });
});

describe('the token', () => {
  it('edits for 15 minutes, then 50027', async () => {
    const { webhook } = await stage.answered(5);
    stage.discord.advance(14 * MINUTE);
    const original = `${webhook}/messages/@original`;
    expect((await stage.api.patch(original, { content: 'done' })).status).toBe(200);
    stage.discord.advance(2 * MINUTE);
    const late = [
      await stage.api.patch(original, { content: 'late' }),
      await stage.api.get(original),
      await stage.api.delete(original),
      await stage.api.post(webhook, { content: 'late' }),
    ];
    for (const one of late) expect(one).toMatchObject({ status: 401, body: { code: 50027 } });
  });

  it('is 10015 when it was never given out, or for another application', async () => {
    const { token } = await stage.answered(5);
    const { applicationId } = stage.discord;
    const wrong = [`/webhooks/${applicationId}/nope`, `/webhooks/123/${token}`];
    for (const path of wrong)
      expect(await stage.api.post(path, { content: 'x' })).toMatchObject({
        status: 404,
        body: { code: 10015 },
      });
  });

  it('reaches only messages of its own interaction: 10008 otherwise', async () => {
    const first = await stage.answered(4, { content: 'first' });
    const second = await stage.answered(4, { content: 'second' });
    const other = (await messageOf(first)).id;
    expect(await stage.api.patch(`${second.webhook}/messages/${other}`, { content: 'x' })).toMatchObject({
      status: 404,
      body: { code: 10008 },
    });
  });

  it('deletes its answer and its follow-ups', async () => {
    const { webhook, exchange } = await stage.answered(4, { content: 'first' });
    const { body } = await stage.api.post(webhook, { content: 'more' });
    expect((await exchange).followUps()).toHaveLength(1);
    expect((await stage.api.delete(`${webhook}/messages/${body.id}`)).status).toBe(204);
    expect((await stage.api.delete(`${webhook}/messages/@original`)).status).toBe(204);
    expect((await exchange).followUps()).toEqual([]);
    expect((await exchange).message()).toBeUndefined();
    expect((await stage.api.get(`${webhook}/messages/@original`)).body.code).toBe(10008);
  });
});

describe('who sees an answer', () => {
  it('is fixed by the deferral: an edit cannot make it public or private', async () => {
    const hidden = await stage.answered(5, { flags: EPHEMERAL });
    await stage.api.patch(`${hidden.webhook}/messages/@original`, { content: 'secret', flags: 0 });
    const open = await stage.answered(5);
    await stage.api.patch(`${open.webhook}/messages/@original`, {
      content: 'open',
      flags: EPHEMERAL,
    });
    expect(
      stage
        .inGeneral(stage.alice)
        .sees()
        .map((one) => one.text),
    ).toEqual(['secret', 'open']);
    expect(
      stage
        .inGeneral(stage.bob)
        .sees()
        .map((one) => one.text),
    ).toEqual(['open']);
  });

  it('counts for pressing: nobody presses what only another one sees', async () => {
    const pending = await stage.answered(4, { ...withButton, flags: EPHEMERAL });
    const message = await messageOf(pending);
    await expect(stage.inGeneral(stage.bob).press(message, 'Go')).rejects.toThrow("Bob can't see");
  });

  it('keeps ephemeral messages out of the channel for the bot as well', async () => {
    const pending = await stage.answered(4, { content: 'secret', flags: EPHEMERAL });
    const channel = `/channels/${stage.guild.general.id}/messages`;
    const { id } = await messageOf(pending);
    expect((await stage.api.get(channel)).body).toEqual([]);
    expect((await stage.api.get(`${channel}/${id}`)).body.code).toBe(10008);
    expect((await stage.api.patch(`${channel}/${id}`, { content: 'x' })).body.code).toBe(10008);
  });

  it('is chosen anew by each follow-up', async () => {
    const { webhook } = await stage.answered(4, { content: 'open' });
    await stage.api.post(webhook, { content: 'secret', flags: EPHEMERAL });
    expect(stage.inGeneral(stage.bob).sees()).toHaveLength(1);
    expect(stage.inGeneral(stage.alice).sees()).toHaveLength(2);
  });

  it('ends with membership', async () => {
    await stage.answered(4, { content: 'open' });
    stage.discord.removeMember(stage.guild.id, stage.bob.id);
    expect(stage.inGeneral(stage.bob).sees()).toEqual([]);
    await expect(stage.inGeneral(stage.bob).run('buy')).rejects.toThrow('Bob is not in Team');
  });
});

describe('"thinking…"', () => {
  it('shows until the first edit, which is no edit to the reader', async () => {
    const { exchange, webhook } = await stage.answered(5);
    const thinking = await messageOf({ exchange } as Pending);
    expect(thinking.text).toBe('thinking…');
    await stage.api.patch(`${webhook}/messages/@original`, { content: 'done' });
    expect(thinking).toMatchObject({ thinking: false, text: 'done', edits: 0 });
  });

  it('ends with a first follow-up, which takes its place and its visibility', async () => {
    const { exchange, webhook } = await stage.answered(5, { flags: EPHEMERAL });
    await stage.api.post(webhook, { content: 'done' });
    expect(await messageOf({ exchange } as Pending)).toMatchObject({
      text: 'done',
      ephemeral: true,
    });
    expect((await exchange).followUps()).toEqual([]);
  });

  it('that nobody ends fails a waiting test with what is shown', async () => {
    const { exchange } = await stage.answered(5);
    await expect((await exchange).settled(20)).rejects.toThrow('thinking…');
  });
});

describe('a press', () => {
  it('can be answered by an update, which edits the pressed message', async () => {
    const asked = await stage.answered(4, withButton);
    const pressed = await beginPress(asked);
    expect(pressed.event).toMatchObject({
      type: 3,
      data: { custom_id: 'go', component_type: 2 },
      message: { content: 'Sure?' },
    });
    expect((await pressed.callback(7, { content: 'Done', components: [] })).status).toBe(204);
    expect((await pressed.exchange).acknowledged).toBe('update');
    expect(await messageOf(asked)).toMatchObject({ text: 'Done', edits: 1 });
  });

  it('can be acknowledged first: then @original is the pressed message', async () => {
    const asked = await stage.answered(4, { ...withButton, flags: EPHEMERAL });
    const pressed = await beginPress(asked);
    await pressed.callback(6);
    await stage.api.patch(`${pressed.webhook}/messages/@original`, { content: 'Working' });
    const settled = await (await pressed.exchange).settled();
    expect(settled).toMatchObject({ id: (await messageOf(asked)).id, content: 'Working' });
    await stage.api.post(pressed.webhook, { content: 'and more' });
    expect((await pressed.exchange).followUps().map((one) => one.text)).toEqual(['and more']);
  });

  it('carries member, guild and permissions as text in a guild', async () => {
    stage.discord.setPermissions(stage.guild.id, stage.alice.id, 1n << 5n);
    const { event } = await stage.answered(4, withButton);
    expect(event.guild_id).toBe(stage.guild.id);
    expect(event.user).toBeUndefined();
    expect(BigInt(event.member?.permissions ?? 0) & (1n << 5n)).toBe(1n << 5n);
    expect(event.app_permissions).toMatch(/^\d+$/);
  });

  it('carries only the user in a direct message', async () => {
    const { body: dm } = await stage.api.post('/users/@me/channels', {
      recipient_id: stage.alice.id,
    });
    await stage.api.post(`/channels/${dm.id}/messages`, withButton);
    const [message] = stage.discord.dmsOf(stage.alice.id);
    if (!message) throw new Error('no direct message came');
    const there = stage.discord.as(stage.alice.id, { dm: true });
    const { event, callback } = await stage.begin(() => there.press(message, 'Go'));
    expect(event.user?.id).toBe(stage.alice.id);
    expect(event.member).toBeUndefined();
    expect(event.guild_id).toBeUndefined();
    expect((await callback(6)).status).toBe(204);
  });

  it('is not possible on a disabled or missing button, or one that is gone', async () => {
    const asked = await stage.answered(4, {
      content: 'x',
      components: [row(button('a', { label: 'Off', disabled: true }))],
    });
    const message = await messageOf(asked);
    const alice = stage.inGeneral(stage.alice);
    await expect(alice.press(message, 'Off')).rejects.toThrow('disabled');
    await expect(alice.press(message, 'On')).rejects.toThrow('no button "On"');
    await stage.api.delete(`${asked.webhook}/messages/@original`);
    await expect(alice.press(message, 'Off')).rejects.toThrow('it is gone');
  });
});

describe('a menu', () => {
  it('takes as many of its options as it says', async () => {
    const options = ['a', 'b', 'c'].map((value) => ({ label: `Option ${value}`, value }));
    const menu = { type: 3, custom_id: 'pick', placeholder: 'Pick', options, max_values: 2 };
    const asked = await stage.answered(4, { content: 'x', components: [row(menu)] });
    const message = await messageOf(asked);
    const alice = stage.inGeneral(stage.alice);
    await expect(alice.choose(message, 'Pick', ['a', 'b', 'c'])).rejects.toThrow('1 to 2');
    await expect(alice.choose(message, 'Pick', ['z'])).rejects.toThrow('offers no "z"');
    const chosen = await stage.begin(() => alice.choose(message, 'pick', ['Option a', 'b']));
    expect(chosen.event.data.values).toEqual(['a', 'b']);
    await chosen.callback(6);
  });

  it('of users brings the users along', async () => {
    const menu = { type: 5, custom_id: 'who', placeholder: 'Who' };
    const message = await messageOf(await stage.answered(4, { components: [row(menu)] }));
    const chosen = await stage.begin(() => stage.inGeneral(stage.alice).choose(message, 'Who', [stage.bob.id]));
    expect(chosen.event.data.resolved.users).toMatchObject({
      [stage.bob.id]: { username: 'bob' },
    });
    await chosen.callback(6);
  });
});

describe('a modal', () => {
  it('is a first answer only, and never one to a modal', async () => {
    const asked = await stage.answered(4, withButton);
    expect((await asked.callback(9, modal)).body.code).toBe(40060);
    const pressed = await beginPress(asked);
    expect((await pressed.callback(9, modal)).status).toBe(204);
    const opened = await pressed.exchange;
    const submitted = await stage.begin(() => stage.inGeneral(stage.alice).submit(opened, { why: 'quiz' }));
    expect(submitted.event.data.components).toMatchObject([{ components: [{ value: 'quiz' }] }]);
    expect((await submitted.callback(9, modal)).body.code).toBe(50035);
    expect((await submitted.callback(7, { content: 'thanks' })).status).toBe(204);
    expect((await messageOf(asked)).content).toBe('thanks');
  });

  it.each([
    ['a title of 46 characters', { ...modal, title: 'x'.repeat(46) }, 'BASE_TYPE_BAD_LENGTH'],
    ['no component', { ...modal, components: [] }, 'BASE_TYPE_BAD_LENGTH'],
    [
      'six components',
      {
        ...modal,
        components: Array.from({ length: 6 }, (_, i) => row({ ...input, custom_id: `${i}` })),
      },
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a label of 46 characters',
      { ...modal, components: [row({ ...input, label: 'x'.repeat(46) })] },
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['a button', { ...modal, components: [row(button('a'))] }, 'UNION_TYPE_CHOICES'],
    ['one custom id twice', { ...modal, components: [row(input), row(input)] }, 'COMPONENT_CUSTOM_ID_DUPLICATED'],
    ['an empty custom id', { ...modal, custom_id: '' }, 'BASE_TYPE_REQUIRED'],
  ])('is refused with %s', async (_name, data, code) => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    expect(formCodes(await pending.callback(9, data))).toContain(code);
    await pending.callback(5);
  });

  it('takes inputs in labels, with menus beside them', async () => {
    const label = (component: unknown) => ({ type: 18, label: 'Field', component });
    const { label: _label, ...bare } = input;
    const menu = { type: 3, custom_id: 'm', options: [{ label: 'A', value: 'a' }] };
    const components = [label(bare), label(menu), { type: 10, content: 'Note' }];
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    expect((await pending.callback(9, { ...modal, components })).status).toBe(204);
    const opened = await pending.exchange;
    const submitted = await stage.begin(() => stage.inGeneral(stage.alice).submit(opened, { why: 'x', m: 'a' }));
    expect(submitted.event.data.components[1]).toMatchObject({ component: { values: ['a'] } });
    expect((await submitted.callback(6)).body.code).toBe(50035);
    await submitted.callback(5);
  });
});
