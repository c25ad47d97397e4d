import { expect, it } from 'vitest';
import { setStage } from './stage.ts';

it('runs a command, and says what Discord would refuse before it sends', async () => {
  const { run, sees } = await setStage();
  expect((await run('Ada', 'whisper')).body).toEqual({ error: 'what is required.' });
  expect((await run('Ada', 'whisper', { what: 'x', times: 4 })).body).toEqual({
    error: 'times: at most 3, not 4.',
  });
  expect((await run('Cleo', 'team list')).body.error).toMatch('no command /team here');
  expect(await sees('Ada')).toEqual([]);
});

it('says after three seconds that the application did not respond', async () => {
  const { run } = await setStage();
  expect((await run('Ada', 'deaf')).body).toEqual({ error: 'The application did not respond' });
});

it('completes an option while it is typed', async () => {
  const { client, who, general } = await setStage();
  const typed = { as: who('Ada'), place: general, name: 'whisper', focused: 'what' };
  const complete = (options: object) => client.post('act/complete', { ...typed, options });

  expect((await complete({ what: 'hel' })).body).toEqual({
    choices: [{ name: 'hel…', value: 'hel…' }],
  });
  const wrong = { ...typed, focused: 'times', options: {} };
  expect((await client.post('act/complete', wrong)).body).toEqual({
    error: 'Loading options failed',
  });
});

it('changes a message in place when its button is pressed or its menu is used', async () => {
  const { client, who, run, sees } = await setStage();
  await run('Ada', 'whisper', { what: 'x' });
  await run('Ada', 'whisper', { what: 'y' });
  const [first, second] = await sees('Ada');
  const press = (name: string) => client.post('act/press', { as: who(name), message: first?.id, customId: 'go' });

  expect((await press('Bob')).body).toEqual({ error: 'This interaction failed' });
  expect((await press('Ada')).body).toEqual({ ok: true });
  expect((await press('Ada')).body).toEqual({ error: 'This interaction failed' });
  const choice = { as: who('Ada'), message: second?.id, customId: 'pick', values: ['1'] };
  expect((await client.post('act/choose', choice)).body).toEqual({ ok: true });
  const [gone, picked] = await sees('Ada');
  expect(gone).toMatchObject({ id: first?.id, content: 'Gone' });
  expect(gone?.editedAt).toEqual(expect.any(Number));
  expect(picked?.content).toBe('Picked 1');
});

it('opens a form for whoever asked, keeps it until it is filled in, and closes it', async () => {
  const { client, who, run, sees } = await setStage();
  const open = async (name = 'Ada') => (await client.state(who(name))).modal;
  await run('Ada', 'form');

  const modal = await open();
  expect(modal).toMatchObject({ title: 'Why', components: [{ type: 18, label: 'Why' }] });
  expect(await open('Bob')).toBeNull();
  const submit = (why: string) => client.post('act/submit', { as: who('Ada'), modal: modal?.id, values: { why } });
  expect((await submit('')).body).toEqual({ error: '"Why" must be filled in.' });
  expect(await open()).not.toBeNull();
  expect((await submit('of you')).body).toEqual({ ok: true });
  expect(await open()).toBeNull();
  expect((await sees('Bob')).at(-1)?.content).toBe('Because of you');

  await run('Ada', 'form');
  await client.post('act/dismiss', { as: who('Ada'), modal: (await open())?.id });
  expect(await open()).toBeNull();
});
