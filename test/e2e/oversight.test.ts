import { describe, expect, it, type TestContext } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { runResolve } from './resolve-process.ts';
import {
  choose,
  confirm,
  eventually,
  press,
  pressConfirm,
  purchases,
  quote,
  referenceOf,
  startTown,
  type Town,
  toldAside,
} from './town.ts';

const CARD = 'google-play-usd-5';
const quick = { environment: { RECONCILE_FOR_S: '10' } };

/** The newest message in the admins' channel with these words. */
const notice = ({ discord, adminsId }: Town, words: string): Promise<Message> => {
  const there = () => discord.channelMessages(adminsId).filter(({ ephemeral }) => !ephemeral);
  return eventually(
    () => there().findLast(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${there().map(({ text }) => text)}`,
  );
};
const withWords = (messages: () => Message[], words: string) =>
  eventually(
    () => messages().find(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${messages().map(({ text }) => text)}`,
  );

/** Alice's order was taken, its answer was lost, and the list tells too little. */
async function lostInTown(onFinished: TestContext['onTestFinished']): Promise<{
  town: Town;
  card: Message;
  code: string;
  reference: string;
}> {
  const town = await startTown(quick, onFinished);
  town.vendor.faultGet('/orders', 'thin-rows', { times: 999 });
  const quoted = await quote(town.alice, CARD);
  town.vendor.fault('reset-after-commit');
  await confirm(town.alice, quoted);
  const card = await notice(town, 'Needs review: 1 × Google Play US 5 USD');
  const code = town.vendor.orders()[0]?.codes[0]?.code ?? '';
  return { town, card, code, reference: referenceOf(card) };
}

// Most of it is waiting for looks at CardPlusPay's list, which come seconds apart: these tests wait side by side.
describe.concurrent('an order that Cardigan cannot tell about', () => {
  it('is recognised by another admin, after one more question, and its codes come by direct message', async ({
    expect,
    onTestFinished,
  }) => {
    const { town, card, code } = await lostInTown(onTestFinished);
    const { alice, ada, bob } = town;
    expect(card.text).toContain('$4.90');
    const mine = await (await alice.inAdmins.press(card, 'This is our order')).settled();
    expect(mine.text).toContain("You can't review your own order");
    const asked = await (await bob.inAdmins.press(card, 'This is our order')).settled();
    expect(asked.text).toContain('Only people with Manage Server');

    const question = await press(ada.inAdmins, card, 'This is our order');
    expect(question.text).toMatch(/^\*\*Is ORD-\d+-\d+ order \w{6}, 1 × Google Play US 5 USD\?/);
    const thanks = await press(ada.inAdmins, question, 'This is our order');
    expect(thanks.text).toContain('is this order');
    await withWords(alice.dms, code);
    const decided = await notice(town, 'Reviewed: 1 × Google Play US 5 USD');
    expect(decided.id).toBe(card.id);
    expect(decided.buttons).toEqual([]);
    expect(purchases(town)).toBe(1);
    expect(await town.traces()).not.toContain(code);
  });

  it('is closed by another admin with a reason, from the list of what waits', async ({ expect, onTestFinished }) => {
    const { town, code } = await lostInTown(onTestFinished);
    const { alice, ada } = town;
    const list = await (await ada.here.run('review')).settled();
    expect(list.text).toContain('1 order needs review');
    const opened = await choose(ada.here, list, 'Google Play');
    const button = opened.buttons.find(({ label }) => label.startsWith('Close'))?.customId ?? '';
    const modal = await ada.here.press(opened, button);
    const done = await ada.here.submit(modal, { reason: 'CardPlusPay gave the money back' });
    expect((await done.settled()).text).toContain('CardPlusPay gave the money back');
    // In the message that she pressed Confirm on, which can still be edited.
    const told = await withWords(() => alice.here.sees(), 'Closed by an admin');
    expect(told.text).toContain('CardPlusPay gave the money back');
    expect((await notice(town, 'Reviewed')).text).toContain(`<@${ada.id}> closed it`);
    expect(alice.dms().some(({ text }) => text.includes(code))).toBe(false);
  });

  it('is resolved at the command line, where nobody else may decide', async ({ expect, onTestFinished }) => {
    const { town, code, reference } = await lostInTown(onTestFinished);
    await town.bot.stop();
    const run = (args: string[], typed?: string) => runResolve(town.environment, [reference, ...args], typed);
    const looked = await run([]);
    expect(looked.said).toContain('1 × Google Play US 5 USD, $4.90');
    expect(looked.code).toBe(0);
    const orderId = /--ours (\d+)/.exec(looked.said)?.[1] ?? '';
    expect(await run(['--ours', orderId], 'no\n')).toMatchObject({ code: 1 });
    const done = await run(['--ours', orderId], 'yes\n');
    expect(done.said).toContain('the order is now "bought"');
    expect(looked.said + done.said).not.toContain(code);
    expect((await run(['--none', '--yes'])).said).toContain('there is nothing to resolve');
    await town.restart();
    await withWords(town.alice.dms, code);
    expect((await notice(town, 'Reviewed')).text).toContain('whoever runs Cardigan confirmed');
    expect(purchases(town)).toBe(1);
  });

  it('is attached by its number where CardPlusPay did not show it; what does not fit takes a second one', async ({
    expect,
    onTestFinished,
  }) => {
    const town = await startTown(quick, onTestFinished);
    const { alice, ada } = town;
    town.vendor.fault('reset-before-commit');
    const lost = await pressConfirm(alice, await quote(alice, CARD));
    const missing = await lost.until(({ text }) => text.includes('Not found at CardPlusPay'), 40_000);
    const reference = referenceOf(missing);
    // Somebody has bought three of it at CardPlusPay's site, and Ada takes that for it.
    const { orderId } = town.vendor.placeForeignOrder(CARD, 3);
    const list = await (await ada.here.run('review', { reference })).settled();
    const button = list.buttons.find(({ label }) => label === 'Attach by number')?.customId ?? '';
    const typed = async (number: string) => ada.here.submit(await ada.here.press(list, button), { number });
    expect((await (await typed('ORD-1')).settled()).text).toContain("isn't a CardPlusPay order ID");
    const question = await (await typed(String(orderId))).settled();
    expect(question.text).toContain("Doesn't match the order: quantity 3 instead of 1");
    expect(question.text).toContain('nothing happens until a second admin confirms');
    const named = await press(ada.here, question, 'This is our order');
    expect(named.text).toContain('Needs a second admin');
    expect((await notice(town, 'Needs review')).text).toContain(`<@${ada.id}> says`);
    const again = await (await typed(String(orderId))).settled();
    expect(await toldAside(await ada.here.press(again, 'This is our order'))).toContain('You already said');
    await town.bot.stop();
    const done = await runResolve(town.environment, [reference, '--ours', String(orderId), '--yes']);
    expect(done.said).toContain("Doesn't match the order: quantity 3 instead of 1");
    expect(done.said).toContain('the order is now "bought"');
    await town.restart();
    const [code = ''] =
      town.vendor
        .orders()
        .find((each) => each.orderId === orderId)
        ?.codes.map((each) => each.code) ?? [];
    await withWords(alice.dms, code);
    expect(purchases(town)).toBe(1);
  });

  it('says at the command line what it does not understand, and what to do', async ({ expect, onTestFinished }) => {
    const { environment, bot } = await startTown({}, onTestFinished);
    expect((await runResolve(environment, [])).said).toContain('npm run resolve -- K7Q2M9');
    expect((await runResolve(environment, ['K7Q2M9', '--nope'])).said).toContain('npm run resolve');
    expect(await runResolve(environment, ['K7Q2M9', '--ours', 'x'])).toMatchObject({ code: 2 });
    await bot.stop();
    expect((await runResolve(environment, ['K7Q2M9'])).said).toContain('No order has the reference');
  });
});

describe('a stop of all purchases', () => {
  it('keeps everybody from buying, with the reason, until an admin presses Resume', async () => {
    const town = await startTown();
    const { alice, ada, bob } = town;
    const quoted = await quote(alice, CARD);
    const stopped = await (await ada.here.run('stop', { reason: 'We count the cards' })).settled();
    expect(stopped.text).toContain('Purchases paused');
    const refused = await quote(bob, CARD);
    expect(refused.text).toContain('Purchases are paused by an admin. "We count the cards".');
    expect(await toldAside(await pressConfirm(alice, quoted))).toContain('Purchases are paused by an admin');
    expect((await (await bob.here.run('catalog')).settled()).text).toContain('gift cards');
    const card = await notice(town, 'Purchases paused');
    await town.bot.stop();
    await town.restart();
    expect((await quote(alice, CARD)).text).toContain('Purchases are paused by an admin');
    await (await ada.inAdmins.press(card, 'Resume purchases')).settled();
    expect((await notice(town, 'Purchases resumed')).id).toBe(card.id);
    expect((await confirm(alice, await quote(alice, CARD))).text).toContain('Bought:');
    expect(purchases(town)).toBe(1);
  });

  it('is not for everybody', async () => {
    const { bob } = await startTown();
    await expect(bob.here.run('stop')).rejects.toThrow();
  });

  it('comes by itself when CardPlusPay has more than the store knows at a start', async () => {
    const town = await startTown();
    await confirm(town.alice, await quote(town.alice, CARD));
    await town.bot.stop();
    const { orderNo } = town.vendor.placeForeignOrder(CARD, 2);
    await town.restart();
    const stranger = await notice(town, 'Unknown order at CardPlusPay');
    expect(stranger.text).toContain(orderNo);
    expect((await quote(town.alice, CARD)).text).toContain("records and Cardigan's");
    await (await town.ada.here.run('resume')).settled();
    expect((await confirm(town.alice, await quote(town.alice, CARD))).text).toContain('Bought:');
  });

  it('comes by itself after three lost answers', async () => {
    const town = await startTown();
    town.vendor.fault('reset-before-commit', { times: 3 });
    for (const quantity of [1, 2, 3]) {
      await confirm(town.alice, await quote(town.alice, CARD, quantity));
    }
    expect((await quote(town.ada, CARD)).text).toContain("didn't answer clearly");
    await notice(town, 'three times in ten minutes');
    expect(purchases(town)).toBe(3);
  });
});
