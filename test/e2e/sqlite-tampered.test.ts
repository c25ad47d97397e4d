import { describe, expect, it } from 'vitest';
import { runAuditVerify } from './resolve-process.ts';
import { confirm, eventually, pressConfirm, purchases, quote, startTown, type Town } from './town.ts';

/** What one SQL update does, with the database and without the key. */
async function update(town: Town, namespace: string, change: (record: Record<string, unknown>) => unknown) {
  const key = String((await rowsOf(town, namespace)).at(-1)?.key);
  await town.store.tamper(namespace, key, (text) => {
    const stored = JSON.parse(text);
    change(stored.value);
    return JSON.stringify(stored);
  });
  return key;
}

const rowsOf = async (town: Town, namespace: string) =>
  (await town.store.rows('entries')).filter((row) => row.namespace === namespace);

/** Whoever has read an order before would write it anew: nothing is under way once all its steps are in the chain. */
async function takenIn(town: Town): Promise<void> {
  const isTakenIn = async () => {
    const { audited, history } = JSON.parse(String((await rowsOf(town, 'orders')).at(-1)?.value)).value;
    return audited === history.length;
  };
  await expect.poll(isTakenIn, { timeout: 30_000 }).toBe(true);
}

const adminsRead = (town: Town, words: string) =>
  town.discord.channelMessages(town.adminsId).filter(({ text }) => text.includes(words));

describe('somebody who can write to the database and has no key', () => {
  it('gets no codes by changing who a held order is for: it is no record any more, and admins are told', async () => {
    const town = await startTown();
    const { alice, bob, ada, vendor, discord } = town;
    discord.closeDms(alice.id);
    const receipt = await confirm(alice, await quote(alice, 'google-play-usd-5'));
    expect(receipt.text).toContain("Cardigan can't send you direct messages");
    const [code = ''] = vendor.issuedCodes();
    await takenIn(town);
    const { customId: id = '' } = receipt.buttons.find(({ label }) => label === 'Reveal code') ?? {};
    const key = await update(town, 'orders', (order) => {
      const text = JSON.stringify(order).replaceAll(alice.id, bob.id);
      Object.assign(order, JSON.parse(text));
    });
    const own = await (await bob.here.run('orders')).settled();
    const pressed = await (await bob.here.press(own, id, { forged: true })).settled();
    expect(pressed.text).toContain("An order can't be read");
    expect(pressed.text).not.toContain(code);
    expect(own.text).toContain('You have no orders here yet');
    // Another order is bought as ever.
    await pressConfirm(ada, await quote(ada, 'google-play-usd-5'));
    await eventually(
      () => vendor.issuedCodes()[1],
      () => 'a second purchase',
    );
    const told = await eventually(
      () => adminsRead(town, `orders/${key}`)[0],
      () => 'word to the admins',
    );
    expect(told.text).toContain('An order cannot be read');
    await town.bot.stop();
    const verified = await runAuditVerify(town.environment, []);
    expect(verified).toMatchObject({
      code: 1,
      said: expect.stringContaining(`The record orders/${key} cannot be read`),
    });
  });

  it('buys nothing by approving an order', async () => {
    const town = await startTown();
    const { alice } = town;
    await quote(alice, 'google-play-usd-5');
    await town.bot.stop();
    const key = await update(town, 'orders', (order) => {
      const at = Date.now();
      const steps = order.history as unknown[];
      const approved = { at, by: town.ada.id, status: 'approved', why: 'approved' };
      Object.assign(order, { status: 'approved', approvedAt: at, history: [...steps, approved] });
    });
    await town.restart();
    await eventually(
      () => adminsRead(town, `orders/${key}`)[0],
      () => 'word to the admins',
    );
    expect(purchases(town)).toBe(0);
  });
});
