import { expect, it } from 'vitest';
import { type Stage, setStage } from './stage.ts';

const order = (stage: Stage, quantity = 1) =>
  fetch(`${stage.vendor.url}/orders`, {
    method: 'POST',
    headers: { 'x-api-key': stage.vendor.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ item_code: 'google-play-usd-5', quantity }),
  });

it('shows the books and the calls, and no code in a call', async () => {
  const stage = await setStage();
  const { client, vendor, run } = stage;
  await order(stage, 2);
  vendor.setPrice('google-play-usd-5', '5.00');
  const [code = ''] = vendor.issuedCodes();
  await run('Ada', 'whisper', { what: code });

  const truth = await client.truth();
  expect(truth.account).toEqual({ balance: '990.20', currency: 'USD' });
  expect(truth.orders).toMatchObject([{ item: 'google-play-usd-5', quantity: 2, amount: '9.80', status: 'completed' }]);
  expect(truth.orders[0]?.codes[0]).toContain(code);
  expect(truth.products.find(({ item }) => item === 'google-play-usd-5')?.price).toBe('5.00');
  expect(truth.calls.find(({ path }) => path === '/orders')).toMatchObject({
    to: 'cardpluspay',
    ...{ method: 'POST', status: 200, note: '2 × google-play-usd-5', ms: expect.any(Number) },
  });
  expect(truth.calls.find(({ note }) => note === 'answers')?.path).toMatch(/^\/interactions\/\d+\/…\/callback/);
  expect(JSON.stringify(truth.calls)).not.toContain(code);
});

it('hides a code in the body of a call', async () => {
  const stage = await setStage();
  await order(stage);
  const [code = ''] = stage.vendor.issuedCodes();
  await fetch(`${stage.discord.url}/v10/channels/${stage.general}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${stage.discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: `Your code: ${code}` }),
  });
  const [call] = (await stage.client.truth()).calls;
  expect(call).toMatchObject({
    note: 'message in #general',
    body: { content: 'Your code: ••••' },
  });
});

it('loses the answer of the next purchase, which is booked, and of no other', async () => {
  const stage = await setStage();
  const { client } = stage;
  await client.post('fault/lose-next-answer', { on: true });
  expect((await client.truth()).faults.losesNextAnswer).toBe(true);

  await expect(order(stage)).rejects.toThrow();
  const { orders, calls, faults } = await client.truth();
  expect(orders).toHaveLength(1);
  expect(calls.find(({ to }) => to === 'cardpluspay')).toMatchObject({
    status: null,
    note: '1 × google-play-usd-5: the answer was lost',
  });
  expect(faults.losesNextAnswer).toBe(false);
  expect((await order(stage)).status).toBe(200);
});

it('waits with the next answer, or with none when it is switched off again', async () => {
  const stage = await setStage();
  const { client } = stage;
  await client.post('fault/lose-next-answer', { on: true });
  await client.post('fault/slow-next-answer', { on: true });
  expect((await client.truth()).faults).toMatchObject({
    losesNextAnswer: false,
    slowsNextAnswer: true,
  });
  await client.post('fault/slow-next-answer', { on: false });
  expect((await client.truth()).faults.slowsNextAnswer).toBe(false);
  expect((await order(stage)).status).toBe(200);
});

it('closes the direct messages of a member, and moves a price', async () => {
  const { client, who, run, vendor, dmsOf } = await setStage();
  const member = who('Bob');
  await client.post('fault/close-dms', { member, closed: true });
  expect((await client.truth()).faults.closedDms).toEqual([member]);
  expect((await client.state(member)).dms[0]?.isClosed).toBe(true);
  await run('Bob', 'post');
  await expect.poll(async () => (await client.truth()).calls.some(({ status }) => status === 403)).toBe(true);
  expect(await dmsOf('Bob')).toEqual([]);

  const price = (to: string, item = 'google-play-usd-5') => client.post('fault/price', { item, to });
  expect((await price('6.20')).body).toEqual({ ok: true });
  expect(vendor.products().find(({ itemCode }) => itemCode === 'google-play-usd-5')?.price).toBe('6.20');
  expect((await price('-1')).body).toEqual({ error: 'A price is an amount such as 6.20.' });
  expect((await price('0.00')).body.error).toBeDefined();
  expect((await price('5', 'nothing')).body).toEqual({ error: 'There is no such item.' });
});

it("shows the bot's process and its log, kills it, and starts it again", async () => {
  const { client, bot } = await setStage();
  const state = async () => (await client.truth()).bot.state;
  const told = async (how: string) => expect((await client.post(`bot/${how}`, {})).status).toBe(200);
  expect(await state()).toBe('stopped');

  await told('start');
  await expect.poll(state).toBe('serving');
  const { pid, lines } = (await client.truth()).bot;
  expect(lines.at(-1)).toMatchObject({ level: 'info', text: `ready as=${pid}` });
  await told('kill');
  await expect.poll(() => bot.view().pid).toBeNull();
  expect(await state()).toBe('killed');

  await told('start');
  await expect.poll(state).toBe('serving');
  const { pid: second } = (await client.truth()).bot;
  await told('restart');
  await expect
    .poll(async () => (await client.truth()).bot)
    .toMatchObject({
      ...{ state: 'serving', starts: 3 },
    });
  expect(bot.view().pid).not.toBe(second);
  process.kill(bot.view().pid ?? 0, 'SIGKILL');
  await expect.poll(state).toBe('crashed');
});
