import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formCodes } from './api.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const row = (component: unknown) => ({ type: 1, components: [component] });
const label = (component: object) => ({ type: 18, label: 'Field', component });
const users = (more = {}) => ({ type: 5, custom_id: 'who', placeholder: 'Who', ...more });
const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
const texts = (more = {}) => ({ type: 3, custom_id: 'm', options, ...more });
const preset = (type: string, ...ids: string[]) => ({
  default_values: ids.map((id) => ({ id, type })),
});

describe('a menu in a message', () => {
  const codesOf = async (component: unknown) => {
    const path = `/channels/${stage.guild.general.id}/messages`;
    return formCodes(await stage.api.post(path, { components: [row(component)] }));
  };

  it.each([
    ['more presets than can be chosen', users(preset('user', '1', '2')), 'BASE_TYPE_BAD_LENGTH'],
    [
      'fewer presets than have to be chosen',
      users({ ...preset('user', '1'), min_values: 2, max_values: 3 }),
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['a role among the people', users(preset('role', '1')), 'BASE_TYPE_CHOICES'],
    [
      'more presets among its options than can be chosen',
      texts({ options: options.map((one) => ({ ...one, default: true })) }),
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['a least above the most', users({ min_values: 2 }), 'SELECT_COMPONENT_INVALID_RANGE'],
    ['a most of 26', users({ max_values: 26 }), 'NUMBER_TYPE_MAX'],
    [
      'no answer allowed and one required',
      users({ required: true, min_values: 0 }),
      'SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES',
    ],
  ])('is refused with %s', async (_, component, code) => {
    expect(await codesOf(component)).toContain(code);
  });

  it('of people, roles or channels shows its presets, and brings along what was chosen', async () => {
    const { discord, guild, alice, bob } = stage;
    const role = discord.addRole(guild.id, { name: 'Buyers' });
    const ids = { 5: alice.id, 6: role.id, 8: guild.general.id };
    const named = { 5: 'user', 6: 'role', 8: 'channel' };
    const kinds = [5, 6, 8] as const;
    const components = kinds.map((type) =>
      row({
        ...{ type, custom_id: `m${type}`, placeholder: named[type], max_values: 2 },
        ...preset(named[type], ids[type]),
      }),
    );
    const asked = await stage.answered(4, { content: 'x', components });
    const message = (await asked.exchange).message();
    if (!message) throw new Error('there is no message');
    expect(message.menus.map(({ chosen }) => chosen)).toEqual(kinds.map((type) => [ids[type]]));
    const here = stage.inGeneral(alice);
    const choose = async (menu: string, values: string[]) => {
      const chosen = await stage.begin(() => here.choose(message, menu, values));
      await chosen.callback(6);
      return chosen.event.data;
    };
    expect(await choose('user', [alice.id, bob.id])).toMatchObject({
      component_type: 5,
      values: [alice.id, bob.id],
      resolved: { users: { [bob.id]: {} }, members: { [bob.id]: { roles: [] } } },
    });
    expect(await choose('role', [role.id])).toMatchObject({
      resolved: { roles: { [role.id]: { name: 'Buyers' } } },
    });
    expect(await choose('channel', [guild.general.id])).toMatchObject({
      resolved: { channels: { [guild.general.id]: { name: 'general' } } },
    });
    await expect(here.choose(message, 'user', [bob.id, bob.id])).rejects.toThrow('nothing twice');
    await expect(here.choose(message, 'role', [bob.id])).rejects.toThrow('no role');
  });
});

describe('a menu in a modal', () => {
  const open = async (...components: unknown[]) => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    const data = { custom_id: 'form', title: 'Form', components };
    return { pending, answer: await pending.callback(9, data) };
  };

  it.each([
    ['disabled', users({ disabled: true }), 'SELECT_COMPONENT_DISABLED_IN_MODAL'],
    ['one that has to be answered with nothing', users({ min_values: 0 }), 'SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES'],
  ])('is refused when it is %s', async (_, component, code) => {
    const { pending, answer } = await open(label(component));
    expect(formCodes(answer)).toContain(code);
    await pending.callback(5);
  });

  it('is answered as its form lets it be, with its presets unless told otherwise', async () => {
    const { guild, alice, bob } = stage;
    const optional = users({ required: false, min_values: 0, max_values: 2 });
    const { pending } = await open(
      label({ ...optional, ...preset('user', bob.id) }),
      label({ type: 8, custom_id: 'where' }),
      label(texts({ max_values: 2 })),
    );
    const opened = await pending.exchange;
    const here = stage.inGeneral(alice);
    const where = guild.general.id;
    await expect(here.submit(opened, { m: 'a' })).rejects.toThrow('takes 1 to 1');
    await expect(here.submit(opened, { where, m: ['a', 'b', 'c'] })).rejects.toThrow('1 to 2');
    await expect(here.submit(opened, { where, m: 'z' })).rejects.toThrow('no option z');
    const sent = await stage.begin(() => here.submit(opened, { where, m: ['a', 'b'] }));
    await sent.callback(5);
    expect(sent.event.data).toMatchObject({
      components: [
        { component: { values: [bob.id] } },
        { component: { values: [where] } },
        { component: { values: ['a', 'b'] } },
      ],
      resolved: { users: { [bob.id]: {} }, channels: { [where]: {} } },
    });
  });
});

describe('a command in the menu of a person or a message', () => {
  beforeEach(async () => {
    const path = `/applications/${stage.discord.applicationId}/guilds/${stage.guild.id}/commands`;
    await stage.api.put(path, [
      { type: 2, name: 'Greet them' },
      { type: 3, name: 'Quote it' },
    ]);
  });

  it('is told whom it is about', async () => {
    const { bob, alice, inGeneral, begin } = stage;
    const { event } = await begin(() => inGeneral(alice).chooseFor(bob, 'Greet them'));
    const resolved = { users: { [bob.id]: { id: bob.id } }, members: { [bob.id]: { roles: [] } } };
    expect(event).toMatchObject({ type: 2, data: { type: 2, name: 'Greet them', target_id: bob.id, resolved } });
  });

  it('is told which message it is about', async () => {
    const { bob, alice, inGeneral, begin, discord, guild } = stage;
    const said = discord.say(bob.id, guild.general.id, 'Hello');
    const { event } = await begin(() => inGeneral(alice).chooseOn(said, 'Quote it'));
    const resolved = { messages: { [said.id]: { id: said.id, author: { id: bob.id } } } };
    expect(event).toMatchObject({ type: 2, data: { type: 3, name: 'Quote it', target_id: said.id, resolved } });
  });

  it('is only in the menu that it is for', async () => {
    const { alice, bob, inGeneral } = stage;
    await expect(inGeneral(alice).chooseFor(bob, 'Quote it')).rejects.toThrow('There is no "Quote it" in this menu');
  });
});
