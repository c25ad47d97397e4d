import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { card, pressOn, showing } from './approving.ts';
import { confirm, dmsOnly, eventually, type Person, press, quote, referenceOf, startTown, type Town } from './town.ts';

const CARD = 'google-play-usd-5';
const BUTTON = "A code doesn't work";
const dmWith = (person: Person, words: string): Promise<Message> =>
  eventually(
    () => person.dms().findLast(({ text }) => text.includes(words)),
    () => `"${words}" among:\n${person.dms().map(({ text }) => text)}`,
  );

/** Alice has bought so many cards: what came by direct message. */
async function boughtInTown(quantity: number) {
  const town = await startTown();
  const receipt = await confirm(town.alice, await quote(town.alice, CARD, quantity));
  const dm = await dmWith(town.alice, 'Your gift card');
  return { town, dm, reference: referenceOf(receipt) };
}

/** The notice of the case, once it says so. */
const noticeOf = (town: Town, state: string) => card(town, `: a code doesn't work**\n${state}`, town.adminsId);

describe('a code that does not work', () => {
  it('is reported below the codes, sent to CardPlusPay and solved by an admin, and its reporter is told', async () => {
    const { town, dm, reference } = await boughtInTown(2);
    const { alice, ada, bob, vendor } = town;
    const [first = '', second = ''] = vendor.issuedCodes();
    const form = await pressOn(alice.inDms, dm, BUTTON);
    const answer = await alice.inDms.submit(form, {
      ...{ card: ['2'], said: `I typed ${second} and it says "already used"` },
    });
    const opened = await answer.settled();
    expect(opened.text).toContain(`Case ${reference}-1 is open`);
    expect(opened.text).toContain('Card 2 of 2 × Google Play US 5 USD');
    expect(opened.text).toContain('I typed \\[code\\] and it says');

    const notice = await noticeOf(town, 'Open');
    const { orderNo } = vendor.orders()[0] ?? {};
    for (const words of [`CardPlusPay order ${orderNo}`, 'Charged **$9.80**', '[code']) {
      expect(notice.text.replaceAll('\\', '')).toContain(words);
    }
    expect(notice.text).toContain(`Reported by <@${alice.id}>`);
    expect(notice.text).toMatch(/Received <t:\d+:f> · last direct message sent <t:\d+:f>/);
    const own = await pressOn(alice.inAdmins, notice, 'Sent to CardPlusPay');
    const refused = () => own.followUps().at(-1)?.text ?? '';
    await expect.poll(refused, { timeout: 20_000 }).toContain('it is about your own order');
    const stranger = await pressOn(bob.inAdmins, notice, 'Sent to CardPlusPay');
    const told = () => stranger.followUps().at(-1)?.text ?? '';
    await expect.poll(told, { timeout: 20_000 }).toContain('Only people with Manage Server');

    await pressOn(ada.inAdmins, notice, 'Sent to CardPlusPay');
    const sent = await noticeOf(town, `Sent to CardPlusPay by <@${ada.id}>`);
    expect(sent.id).toBe(notice.id);
    expect(sent.buttons.map(({ label }) => label)).toEqual(['Solved']);
    await dmWith(alice, `Case ${reference}-1 was sent to CardPlusPay`);

    const how = await pressOn(ada.inAdmins, sent, 'Solved');
    await ada.inAdmins.submit(how, { how: 'They have put it right' });
    const solved = await noticeOf(town, `Solved by <@${ada.id}>`);
    expect(solved.id).toBe(notice.id);
    expect(solved.text).toContain('They have put it right');
    expect(solved.buttons).toEqual([]);
    const word = await dmWith(alice, `Case ${reference}-1 is solved`);
    expect(word.text).toContain('They have put it right');
    expect(alice.dms().filter(({ text }) => text.includes(`Case ${reference}-1`))).toHaveLength(3);

    const audit = await (await ada.here.run('audit', { order: reference })).settled();
    expect(audit.text).toContain(`<@${alice.id}> · code reported as not working`);
    expect(audit.text).toContain(`<@${ada.id}> · case sent to CardPlusPay`);
    expect(audit.text).toContain(`<@${ada.id}> · case solved`);
    const traces = await town.traces();
    for (const code of [first, second]) {
      expect(traces).not.toContain(code);
      for (const { text } of [opened, notice, sent, solved, word, audit]) expect(text).not.toContain(code);
    }
  });

  it('of the only card needs no number, and one whose inbox is closed finds its case in /order', async () => {
    const { town, reference } = await boughtInTown(1);
    const { alice, ada, discord } = town;
    const shown = await (await alice.here.run('order', { reference })).settled();
    const revealed = await press(alice.here, shown, 'Reveal code');
    discord.closeDms(alice.id);
    for (const message of [shown, revealed]) {
      const form = await pressOn(alice.here, message, BUTTON);
      const answer = await (await alice.here.submit(form, { said: 'It says no' })).settled();
      expect(answer.text).toContain(`ase ${reference}-1`);
    }
    const list = await (await ada.here.run('cases')).settled();
    expect(list.text).toContain('1 open case');
    const solving = await pressOn(ada.here, list, 'Solved');
    const done = await ada.here.submit(solving, { how: 'Money is back' });
    await showing(done, 'No open cases.');
    const found = await (await alice.here.run('order', { reference })).settled();
    expect(found.text).toMatch(/Case \w{6}-1 · card 1 · solved <t:\d+:f>: Money is back/);
    const seen = await (await ada.here.run('order', { reference })).settled();
    expect(seen.text).toContain(`Case ${reference}-1`);
  });

  it('is told of by the next process when one is killed in the middle', async () => {
    const { town, dm, reference } = await boughtInTown(1);
    const { alice, ada, discord } = town;
    const form = await pressOn(alice.inDms, dm, BUTTON);
    await (await alice.inDms.submit(form, { said: 'It says no' })).settled();
    const notice = await noticeOf(town, 'Open');
    const lost = discord.fail({
      ...{ method: 'POST', path: dmsOnly(town), with: 'hang', after: true },
    });
    await pressOn(ada.inAdmins, notice, 'Sent to CardPlusPay');
    await eventually(
      () => lost.hits > 0,
      () => 'the word went out',
    );
    await town.bot.stop('SIGKILL');
    discord.advance(60 * 60_000); // Discord has forgotten the nonce
    await town.restart();
    await noticeOf(town, `Sent to CardPlusPay by <@${ada.id}>`);
    const words = () => alice.dms().filter(({ text }) => text.includes(`Case ${reference}-1 was sent`)).length;
    await expect.poll(words, { timeout: 20_000 }).toBe(1);
    const list = await (await ada.here.run('cases')).settled();
    expect(list.text).toContain('Sent to CardPlusPay by');
  });
});
