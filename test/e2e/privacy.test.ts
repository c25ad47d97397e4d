import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { runAuditVerify, runPrivacy } from './resolve-process.ts';
import { confirm, later, type Person, press, purchases, quote, startTown, type Town } from './town.ts';

const DAY = 24 * 60;
const rowsOf = async (town: Town, namespace: string) =>
  (await town.store.rows('entries')).filter((row) => row.namespace === namespace);

const orders = async (town: Town) => (await rowsOf(town, 'orders')).map(({ value }) => JSON.parse(String(value)).value);

const run = async ({ here }: Person, command: string): Promise<Message> => (await here.run(command)).settled();

/** Where somebody is mentioned: namespaces and keys, and names in lists. */
async function mentionsOf(town: Town, user: string): Promise<string[]> {
  const names = ['entries', 'holds'] as const;
  const rows = (await Promise.all(names.map((table) => town.store.rows(table)))).flat();
  return rows
    .filter((row) => JSON.stringify(row).includes(user))
    .map(({ namespace, key, name }) => String(name ?? `${namespace}/${key}`));
}

/** All codes that were delivered are purged, and every step is in the audit. */
async function untilPurged(town: Town, count: number): Promise<void> {
  const done = async () =>
    (await orders(town)).filter((order) => order.purgedAt !== undefined && order.audited === order.history.length)
      .length;
  await expect.poll(done, { timeout: 60_000 }).toBe(count);
}

async function bought(person: Person, times: number): Promise<void> {
  for (let time = 0; time < times; time++)
    await confirm(person, await quote(person, 'google-play-usd-5', 1, `A secret plan, part ${time + 1}`));
}

/** The first rounds of a bot begin what is counted by days. */
const looked = (town: Town) =>
  expect.poll(async () => (await rowsOf(town, 'purging')).length, { timeout: 30_000 }).toBe(1);

describe('what is kept of a member', () => {
  it('is shown and given to them, and is gone once they have it erased, while the audit stays whole', async () => {
    const town = await startTown();
    const { alice, ada, bot } = town;
    await bought(alice, 1);
    await bought(ada, 1);
    await looked(town);
    const early = await run(alice, 'privacy');
    expect(early.text).toContain('1 order you requested');
    const young = await press(alice.here, early, 'Erase my data');
    expect(young.text).toContain('1 order with codes that wait for you or are still kept');
    expect(young.text).toContain('Erased now:** nothing yet');
    await bot.stop();
    const month = await town.restart(later(32 * DAY));
    await untilPurged(town, 2);
    await month.stop();
    const environment = later(130 * DAY);
    town.discord.advance(130 * DAY * 60_000);
    const last = await town.restart(environment);
    const shown = await run(alice, 'privacy');
    const file = await press(alice.here, shown, 'Get my data');
    const [attached] = file.attachments;
    const given = JSON.parse(attached?.text ?? '');
    expect(given['Orders you requested']).toHaveLength(1);
    expect(attached?.text).toContain('A secret plan');
    expect(attached?.text).not.toContain(ada.id);
    for (const code of town.vendor.issuedCodes()) expect(attached?.text).not.toContain(code);
    const sure = await press(alice.here, shown, 'Erase my data');
    expect(sure.text).toContain('your name in 1 record');
    const done = await press(alice.here, sure, 'Erase my data');
    expect(done.text).toContain('Your data is being erased');
    await expect.poll(() => mentionsOf(town, alice.id), { timeout: 60_000 }).toEqual([]);
    const nobody = (await orders(town)).find(({ requester }) => requester !== ada.id);
    expect(nobody).toMatchObject({ status: 'delivered', reason: '—', requester: expect.stringMatching(/^erased-/) });
    expect((await run(alice, 'privacy')).text).toContain('Nothing with your name in it');
    expect((await run(ada, 'privacy')).text).toContain('1 order you requested');
    await last.stop();
    const left = await town.store.contents();
    expect(left).not.toContain(alice.id);
    expect(left).toContain(ada.id);
    const verified = await runAuditVerify(town.environment);
    expect(verified.said).toContain('The audit log is complete');
    expect(purchases(town)).toBe(2);
  });

  it('goes on being erased after a kill -9 amid it', async () => {
    const town = await startTown();
    const { alice, bot } = town;
    await bought(alice, 5);
    await looked(town);
    await bot.stop();
    const month = await town.restart(later(32 * DAY));
    await untilPurged(town, 5);
    await month.stop();
    const environment = later(130 * DAY);
    town.discord.advance(130 * DAY * 60_000);
    const doomed = await town.restart(environment);
    const sure = await press(alice.here, await run(alice, 'privacy'), 'Erase my data');
    await press(alice.here, sure, 'Erase my data');
    // As soon as the first of it is erased.
    await expect.poll(() => town.store.contents(), { timeout: 60_000, interval: 5 }).toContain('erased-');
    await doomed.stop('SIGKILL');
    const amid = await runAuditVerify(town.environment);
    expect(amid.said).toContain('The audit log is complete');
    const next = await town.restart(environment);
    await expect.poll(() => mentionsOf(town, alice.id), { timeout: 60_000 }).toEqual([]);
    await next.stop();
    expect(await town.store.contents()).not.toContain(alice.id);
    expect((await runAuditVerify(town.environment)).said).toContain('The audit log is complete');
  });

  it('is shown and erased at the command line, for somebody who left', async () => {
    const town = await startTown();
    const { alice, ada, bot } = town;
    await bought(alice, 1);
    await looked(town);
    await bot.stop();
    const month = await town.restart(later(32 * DAY));
    await untilPurged(town, 1);
    await month.stop();
    const environment = { ...town.environment, ...later(130 * DAY) };
    const usage = await runPrivacy(environment, [alice.id]);
    expect(usage).toMatchObject({ code: 2, said: expect.stringContaining('npm run privacy') });
    const shown = await runPrivacy(environment, [alice.id, '--show']);
    expect(JSON.parse(shown.said)['Orders you requested']).toHaveLength(1);
    expect((await runPrivacy(environment, [ada.id, '--erase'])).said).toContain('nothing is kept about them');
    const erased = await runPrivacy(environment, [alice.id, '--erase']);
    expect(erased).toMatchObject({ code: 0, said: expect.stringContaining('1 record erased') });
    expect(await mentionsOf(town, alice.id)).toEqual([`erasures/${town.guildId}/${alice.id}`]);
    expect((await runAuditVerify(environment)).said).toContain('The audit log is complete');
  });
});
