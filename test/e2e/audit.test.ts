import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { readCsv } from '../views/read-csv.ts';
import { runAuditVerify } from './resolve-process.ts';
import { confirm, eventually, later, press, quote, referenceOf, startTown, type Town } from './town.ts';

const CARD = 'google-play-usd-5';
const keyOf = (number: number) => String(number).padStart(12, '0');

const audit = async ({ ada }: Town, options: Record<string, string> = {}): Promise<Message> =>
  (await ada.here.run('audit', options)).settled();
const fileOf = async (town: Town, list: Message): Promise<{ text: string; rows: string[][] }> => {
  const answer = await press(town.ada.here, list, 'Export CSV');
  const text = answer.attachments[0]?.text ?? '';
  return { text, rows: readCsv(text) };
};
/** The entries of an order that was chosen from the list's menu. */
async function chosen({ ada }: Town, list: Message, reference: string): Promise<Message> {
  const [menu] = list.menus;
  const option = menu?.options.find(({ label }) => label.startsWith(reference));
  return (await ada.here.choose(list, menu?.customId ?? '', [option?.value ?? ''])).settled();
}
/** The message with the hash of a day, in the admins' channel. */
const posted = ({ discord, adminsId }: Town): Promise<Message> =>
  eventually(
    () => discord.channelMessages(adminsId).find(({ text }) => text.includes('Newest hash')),
    () => `a hash among:\n${discord.channelMessages(adminsId).map(({ text }) => text)}`,
  );

/** Alice has bought two cards and seen their codes; Ada has stopped purchases and let them go on. */
async function busyTown() {
  const town = await startTown();
  const { alice, ada } = town;
  const receipt = await confirm(alice, await quote(alice, CARD, 2, '=HYPERLINK("x")'));
  const shown = await alice.here.run('orders');
  const list = await shown.settled();
  const option = list.menus[0]?.options[0];
  const opened = await (await alice.here.choose(list, list.menus[0]?.customId ?? '', [option?.value ?? ''])).settled();
  await press(alice.here, opened, 'Reveal code');
  await (await ada.here.run('stop', { reason: 'We count the cards' })).settled();
  await (await ada.here.run('resume')).settled();
  const codes = town.vendor
    .orders()
    .flatMap((order) => order.codes.flatMap(({ code, metadata }) => [code, JSON.stringify(metadata)]))
    .filter((secret) => secret !== '[]');
  expect(codes.length).toBeGreaterThan(1);
  return { town, codes, reference: referenceOf(receipt) };
}

describe('/audit', () => {
  it('says who asked, bought, revealed, stopped and resumed, in pages and as a file, and shows no code', async () => {
    const { town, codes, reference } = await busyTown();
    const { alice, ada } = town;
    const first = await audit(town);
    expect(first.ephemeral).toBe(true);
    expect(first.text).toContain(`<@${ada.id}> · purchases resumed`);
    expect(first.text).toContain(`<@${ada.id}> · purchases paused · We count the cards`);
    // One line an order: its card, its total, and what became of it.
    const line = `\`${reference}\` 2 × Google Play US 5 USD · $9.80 · delivered (codes revealed) · requested by <@${alice.id}>`;
    expect(first.text).toContain(line);
    expect(first.text).not.toContain('quote created');

    const opened = await chosen(town, first, reference);
    expect(opened.text).toContain('Audit log of 2 × Google Play US 5 USD');
    expect(opened.text).toContain(reference);
    expect(opened.text).toContain(`<@${alice.id}> · delivered (codes revealed)`);
    expect(opened.text).toContain(`<@${alice.id}> · quote created`);
    expect(opened.text).not.toContain('purchases');
    expect((await press(ada.here, opened, 'Back to list')).text).toBe(first.text);

    await confirm(alice, await quote(alice, CARD, 3));
    // Nothing is asked of anybody by an offer: it is in here once somebody takes it.
    await quote(alice, CARD, 4);
    for (let n = 0; n < 5; n++) {
      await (await ada.here.run('stop', { reason: `Count ${n}` })).settled();
      await (await ada.here.run('resume')).settled();
    }
    const many = await audit(town);
    const older = await press(ada.here, many, 'Next');
    expect(older.text).toContain(line);
    expect((await press(ada.here, older, 'Previous')).text).toBe(many.text);

    const { text, rows } = await fileOf(town, many);
    expect(rows.slice(1).map(([number]) => Number(number))).toEqual(
      Array.from({ length: rows.length - 1 }, (_, at) => rows.length - 1 - at),
    );
    expect(rows[0]?.join()).toBe('number,time,by,for,what,order,item,amount,member,recipient,detail,hash');
    expect(rows.at(-1)?.slice(4, 11)).toEqual([
      ...['quote created', reference, '2 × Google Play US 5 USD', '9.80 USD', alice.id],
      ...['', '\'=HYPERLINK("x")'],
    ]);
    for (const code of codes) {
      expect(first.text + opened.text + many.text + older.text + text).not.toContain(code);
      expect(await town.traces()).not.toContain(code);
    }
  });

  it('can be about one person, one order, one kind, or a time, and says what it does not understand', async () => {
    const { town, reference } = await busyTown();
    const { alice, ada, bob } = town;
    const offer = await quote(bob, CARD);
    expect((await audit(town, { member: bob.id })).text).toContain('No matching entries');
    await press(bob.here, offer, 'Request approval');
    expect((await audit(town, { member: bob.id })).text).toContain('approval requested');
    expect((await audit(town, { member: bob.id })).text).not.toContain(reference);
    const one = await audit(town, { order: reference.toLowerCase(), since: '7 days' });
    expect(one.text).toContain(`<@${alice.id}> · delivered (codes revealed)`);
    expect(one.text).not.toContain('purchases');
    expect((await audit(town, { order: reference, member: ada.id })).text).toContain('No matching entries');
    const reveals = await audit(town, { kind: 'reveals' });
    expect(reveals.text).toContain(`<@${alice.id}> · delivered (codes revealed) · \`${reference}\``);
    expect(reveals.text).not.toContain('purchases');
    const stops = await audit(town, { kind: 'stops', member: ada.id });
    expect(stops.text).toContain('purchases resumed');
    expect(stops.text).not.toContain(reference);
    expect((await audit(town, { kind: 'delegates' })).text).toContain('No matching entries');
    expect((await audit(town, { order: 'ZZZZZZ' })).text).toContain('no order with this reference');
    expect((await audit(town, { since: 'monday' })).text).toContain('such as 2026-11-01');
    await expect(bob.here.run('audit')).rejects.toThrow(); // Discord doesn't show it to him
  });
});

describe('the hash of a day', () => {
  it('is posted for the admins once the day is over, and npm run audit-verify shows what was changed since', async () => {
    const { town, codes } = await busyTown();
    const list = await audit(town);
    const { rows } = await fileOf(town, list);
    await town.bot.stop();
    const tomorrow = await town.restart(later(24 * 60));
    const message = await posted(town);
    const [, number = '', hash = ''] = /audit-verify -- (\d+) ([0-9a-f]{64})/.exec(message.text) ?? [];
    expect(rows.find(([each]) => each === number)?.at(-1)).toBe(hash);
    expect(message.text).toContain(`(UTC): ${number} entries`);
    await tomorrow.stop();
    await (await town.restart(later(24 * 60 + 5))).stop();
    const hashes = town.discord.channelMessages(town.adminsId).filter(({ text }) => text.includes('Newest hash'));
    expect(hashes).toHaveLength(1);

    const verify = (...args: string[]) => runAuditVerify(town.environment, args);
    const whole = await verify(number, hash);
    expect(whole.said).toContain('The audit log is complete');
    expect(whole.said).toContain(`Entry ${number} has the posted hash.`);
    expect(whole.code).toBe(0);
    expect((await verify()).code).toBe(0);
    const other = await verify(number, 'f'.repeat(64));
    expect(other).toMatchObject({ code: 1 });
    expect(other.said).toContain(`Entry ${number} doesn't have the posted hash`);

    await town.store.tamper('audit', keyOf(2), (text) => text.replace(town.alice.id, town.bob.id));
    const changed = await verify();
    expect(changed.code).toBe(1);
    expect(changed.said).toContain('Entry 2 can no longer be read');
    expect(changed.said).not.toContain(town.bob.id);
    for (const code of codes) expect(changed.said).not.toContain(code);
  });

  it('is compared with nothing else than what can be one', async () => {
    const { environment, bot } = await startTown();
    await bot.stop();
    const said = async (...args: string[]) => runAuditVerify(environment, args);
    expect(await said()).toMatchObject({ code: 0 });
    for (const args of [['12'], ['0', 'f'.repeat(64)], ['12', 'abc'], ['--nope'], ['1', '2', '3']]) {
      const { said: text, code } = await said(...args);
      expect(text).toContain('npm run audit-verify -- 1234');
      expect(code).toBe(2);
    }
    const missing = await said('12', 'f'.repeat(64));
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.said).toContain('the log is empty');
  });
});
