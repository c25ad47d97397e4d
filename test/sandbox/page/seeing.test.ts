import { expect, it } from 'vitest';
import { setStage } from './stage.ts';

it('shows a person their servers, channels, members and commands, and not what is hidden from them', async () => {
  const { client, who } = await setStage();
  const [ada, cleo, eve] = await Promise.all(['Ada', 'Cleo', 'Eve'].map((name) => client.state(who(name))));
  const names = (view = ada) => view?.guilds[0]?.channels.map(({ name }) => name);

  expect(names()).toEqual(['general', 'quiz', 'cardigan-admins']);
  expect(ada?.guilds[0]?.channels.at(-1)?.isPrivate).toBe(true);
  expect(names(cleo)).toEqual(['general', 'quiz']);
  expect(eve?.guilds.map(({ name }) => name)).toEqual(['Another server']);
  expect(ada?.guilds[0]?.commands.map(({ name }) => name)).toContain('team list');
  expect(cleo?.guilds[0]?.commands.map(({ name }) => name)).not.toContain('team list');
  expect(ada?.guilds[0]?.commands.find(({ name }) => name === 'whisper')?.options).toMatchObject([
    { name: 'what', type: 'text', required: true, completes: true },
    { name: 'times', type: 'integer', required: false, min: 1, max: 3 },
  ]);
  expect(cleo?.guilds[0]?.members.find(({ name }) => name === 'Ada')).toMatchObject({
    isAdmin: true,
    roles: ['Admins', 'Team'],
  });
  expect(Object.values(eve?.names.users ?? {})).not.toContain('Ada');
  expect(Object.values(cleo?.names.channels ?? {})).not.toContain('cardigan-admins');
});

it('shows an answer that only one person can see to that person only, until they put it away', async () => {
  const { client, who, run, sees } = await setStage();
  expect(await run('Ada', 'whisper', { what: 'x' })).toEqual({ status: 200, body: { ok: true } });

  const [mine] = await sees('Ada');
  expect(mine).toMatchObject({
    content: 'For you alone',
    isOnlyForMe: true,
    usedCommand: { by: 'Ada', command: 'whisper' },
    author: { name: 'Cardigan', isBot: true },
  });
  expect(await sees('Alice')).toEqual([]);
  await client.post('act/dismiss', { as: who('Alice'), message: mine?.id });
  expect(await sees('Ada')).toHaveLength(1);
  await client.post('act/dismiss', { as: who('Ada'), message: mine?.id });
  expect(await sees('Ada')).toEqual([]);
});

it('shows direct messages and their files to their recipient only, and counts what is unread', async () => {
  const { client, who, run, dmsOf, sees } = await setStage();
  await run('Bob', 'post');
  await expect.poll(() => dmsOf('Bob')).toHaveLength(1);

  const [dm] = await dmsOf('Bob');
  const [file] = dm?.attachments ?? [];
  expect(file).toMatchObject({ filename: 'secret.txt', text: 'a secret', size: 8 });
  const url = new URL(file?.url ?? '', 'http://page');
  expect(await client.status(url.pathname.slice(1) + url.search, {})).toBe(200);
  expect(await client.status(`${url.pathname.slice(1)}?as=${who('Ada')}`, {})).toBe(404);
  const bob = await client.state(who('Bob'));
  expect(bob.dms[0]?.unread).toBe(1);
  expect(await sees('Ada', dm?.place)).toEqual([]);
  const unread = async () => (await client.state(who('Ada'))).people.find(({ name }) => name === 'Bob')?.unread;
  expect(await unread()).toBe(1);
  await client.post('act/read', { as: who('Bob'), place: dm?.place });
  expect(await unread()).toBe(0);
});

it('shows the thinking of the bot, and what people write', async () => {
  const { client, who, general, run, sees } = await setStage();
  await run('Bob', 'post');
  expect((await sees('Bob')).at(-1)).toMatchObject({ isThinking: true, isOnlyForMe: true });

  const said = { as: who('Cleo'), place: general, text: 'hello' };
  expect((await client.post('act/say', said)).body).toEqual({ ok: true });
  expect((await sees('Dan')).at(-1)).toMatchObject({ content: 'hello', author: { name: 'Cleo' } });
  const [club] = (await client.state(who('Dan'))).guilds;
  expect(club?.channels[0]?.unread).toBe(1);
});

it('takes nobody into a place that is not theirs', async () => {
  const { client, who, channel, general } = await setStage();
  const admins = await channel('cardigan-admins');
  const say = (name: string, place: string) => client.post('act/say', { as: who(name), place, text: 'hi' });

  expect((await say('Ada', admins)).status).toBe(200);
  expect((await say('Cleo', admins)).status).toBe(404);
  expect((await say('Eve', general)).status).toBe(404);
  expect((await client.post('act/say', { as: '1', place: general, text: 'hi' })).status).toBe(404);
});

it('pushes what changed to whoever sees it, without being asked again', async () => {
  const { client, who, general, run } = await setStage();
  const [alice, eve] = await Promise.all([client.follow(who('Alice')), client.follow(who('Eve'))]);
  await expect.poll(() => eve.views).toBe(1);
  await run('Ada', 'announce');

  await expect.poll(() => alice.view?.messages[general]?.at(-1)?.content).toBe('Hear <@&1> and all');
  await expect.poll(() => alice.truth?.calls[0]?.note).toBe('answers');
  expect(eve.views).toBe(1);
});
