import { describe, it } from 'vitest';
import { confirm, eventually, finished, pressConfirm, purchases, quote, startTown, type Town } from './town.ts';

const CARD = 'google-play-usd-5';
const quick = { environment: { RECONCILE_FOR_S: '10' } };
/** A message about how the order stands, by direct message to alice. */
const toldByDm = ({ alice }: Town, words: string) =>
  eventually(
    () => alice.dms().find(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${alice.dms().map(({ text }) => text)}`,
  );
const codesOf = ({ vendor }: Town) => vendor.orders().flatMap(({ codes }) => codes.map(({ code }) => code));

// Most of it is waiting for looks at CardPlusPay's list, which come seconds apart: these tests wait side by side.
describe.concurrent('an order whose answer was lost', () => {
  it('is found at CardPlusPay, and its codes come by direct message, once', async ({ expect, onTestFinished }) => {
    const town = await startTown(quick, onTestFinished);
    town.vendor.fault('reset-after-commit');
    const receipt = await confirm(town.alice, await quote(town.alice, CARD, 2));
    expect(receipt.text).toContain("We don't know yet whether CardPlusPay took this order");
    const [first = '', second = ''] = codesOf(town);
    const dm = await toldByDm(town, first);
    expect(dm.text).toContain(second);
    expect(dm.text).toContain('late codes come without a PIN');
    const list = async () => (await (await town.alice.here.run('orders')).settled()).text;
    await expect.poll(list, { timeout: 20_000 }).toContain('delivered');
    expect(town.alice.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
    expect(await town.traces()).not.toContain(first);
  });

  it('is not found where CardPlusPay never took it, the requester is told, and who waits goes on', async ({
    expect,
    onTestFinished,
  }) => {
    const town = await startTown(quick, onTestFinished);
    town.vendor.fault('reset-before-commit');
    const lost = await pressConfirm(town.alice, await quote(town.alice, CARD));
    await finished(lost);
    const waiting = await pressConfirm(town.ada, await quote(town.ada, CARD));
    await waiting.until(({ text }) => text.includes('Waiting to buy'));
    expect(purchases(town)).toBe(1);
    const told = await lost.until(({ text }) => text.includes('Not found at CardPlusPay'), 30_000);
    expect(told.text).toContain('Nothing will be bought twice');
    expect((await finished(waiting)).text).toContain('Bought:');
    expect(town.ada.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(2);
    expect(town.vendor.orders()).toHaveLength(1);
  });

  it('lets who waits for the same card go on once it is found, each with codes of their own', async ({
    expect,
    onTestFinished,
  }) => {
    const town = await startTown({}, onTestFinished);
    town.vendor.fault('reset-after-commit');
    await confirm(town.alice, await quote(town.alice, CARD));
    const bought = await confirm(town.ada, await quote(town.ada, CARD));
    expect(bought.text).toContain('Bought:');
    const [first = '', second = ''] = codesOf(town);
    expect((await toldByDm(town, first)).text).not.toContain(second);
    expect(town.ada.dms().map(({ text }) => text.includes(second))).toEqual([true]);
    expect(purchases(town)).toBe(2);
  });

  it('is left to people where CardPlusPay tells too little', async ({ expect, onTestFinished }) => {
    const town = await startTown(quick, onTestFinished);
    town.vendor.fault('reset-after-commit');
    const quoted = await quote(town.alice, CARD);
    town.vendor.faultGet('/orders', 'thin-rows', { times: 99 });
    const lost = await pressConfirm(town.alice, quoted);
    const told = await lost.until(({ text }) => text.includes('Admins are looking into'), 30_000);
    const [code = ''] = codesOf(town);
    expect(told.text).not.toContain(code);
    await expect.poll(() => town.bot.output()).toContain('an order waits for people to decide');
    expect(purchases(town)).toBe(1);
  });

  it('is found after a kill -9 in the middle of looking for it', async ({ expect, onTestFinished }) => {
    const town = await startTown(quick, onTestFinished);
    town.vendor.fault('reset-after-commit');
    const quoted = await quote(town.alice, CARD);
    await confirm(town.alice, quoted);
    town.vendor.faultGet(/^\/orders\/\d+$/, 'hang');
    const isLooking = () => town.vendor.requests.some(({ path }) => /^\/orders\/\d+$/.test(path));
    await eventually(isLooking, () => 'a look at the order');
    await town.bot.stop('SIGKILL');
    expect(town.alice.dms()).toEqual([]);
    await town.restart();
    const [code = ''] = codesOf(town);
    await toldByDm(town, code);
    expect(town.alice.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });
});

describe.concurrent('codes that come late', () => {
  it('are brought without anybody asking for them', async ({ expect, onTestFinished }) => {
    const town = await startTown({}, onTestFinished);
    town.vendor.fault('codes-partly-late', { missing: 1, looks: 1 });
    const receipt = await confirm(town.alice, await quote(town.alice, CARD, 2));
    expect(receipt.text).toContain('has delivered 1 of 2 codes so far');
    const [first = '', second = ''] = codesOf(town);
    await toldByDm(town, second);
    expect(town.alice.dms().filter(({ text }) => text.includes(first))).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });
});
