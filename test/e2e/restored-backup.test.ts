import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { runOfBackups } from './resolve-process.ts';
import {
  confirm,
  eventually,
  press,
  pressConfirm,
  purchases,
  quote,
  referenceOf,
  startTown,
  type Town,
} from './town.ts';

const CARD = 'google-play-usd-5';

function inScratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-backups-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** All that the store has is gone, as with its machine. */
async function lose(url: string): Promise<void> {
  if (url.startsWith('sqlite://')) return rmSync(dirname(url.slice('sqlite://'.length)), { recursive: true });
  const address = new URL(url);
  const schema = address.searchParams.get('schema');
  address.search = '';
  const client = new Client({ connectionString: address.href });
  await client.connect();
  await client.query(`DROP SCHEMA ${schema} CASCADE`);
  await client.end();
}

/** What admins are asked or told now in their channel, with these words. */
const notices = ({ discord, adminsId }: Town, words: string): Message[] =>
  discord.channelMessages(adminsId).filter(({ ephemeral, text }) => !ephemeral && text.includes(words));

const codesOf = ({ vendor }: Town): string[] => vendor.orders().flatMap(({ codes }) => codes.map(({ code }) => code));

describe('a store that is lost, and restored elsewhere from a backup and its key', () => {
  it('buys nothing twice, gives every code to its owner, and goes on once people have settled the rest', async () => {
    const folder = inScratch();
    const backups = join(folder, 'backups');
    const town = await startTown({ environment: { RECONCILE_FOR_S: '10' } });
    const { alice, ada, environment } = town;
    const url = environment.STORE_URL ?? '';
    await confirm(alice, await quote(alice, CARD));
    const waiting = await quote(alice, CARD, 2);

    const made = await runOfBackups('backup', environment, ['--to', backups, '--key-to', join(folder, 'key')]);
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('opened with the key') });
    for (const name of readdirSync(backups)) expect(statSync(join(backups, name)).mode & 0o777).toBe(0o600);
    expect(statSync(backups).mode & 0o777).toBe(0o700);

    // After the backup: one is bought and delivered, and of the one that was quoted before the answer is lost.
    await confirm(alice, await quote(alice, CARD));
    town.vendor.fault('hang-after-commit');
    await pressConfirm(alice, waiting);
    await eventually(
      () => purchases(town) === 3,
      () => 'the third purchase went out',
    );
    await town.bot.stop('SIGKILL');
    await lose(url);

    const elsewhere = url.startsWith('sqlite:') ? { STORE_URL: `sqlite://${join(folder, 'new', 'cardigan.db')}` } : {};
    const there = { ...environment, ...elsewhere };
    const copy = readdirSync(backups).find((name) => !name.endsWith('.json')) ?? '';
    const key = join(folder, 'key', 'cardigan.key');
    const restored = await runOfBackups('restore', there, [join(backups, copy), '--key', key]);
    expect(restored).toMatchObject({
      code: 0,
      said: expect.stringContaining('CardPlusPay has 2 orders that the backup lacks'),
    });
    expect(restored.said).toContain('1 order was waiting when the backup was made');

    await town.restart(there);
    const second = await runOfBackups('restore', there, [join(backups, copy), '--key', key]);
    expect(second.code).toBe(1);
    const [, delivered, lost] = town.vendor.orders().toSorted((a, b) => a.orderId - b.orderId);
    const about = (orderId = 0) =>
      eventually(
        () =>
          notices(town, 'Unknown order at CardPlusPay').find(({ buttons }) =>
            buttons.some(({ customId }) => customId === `stranger.attach:${orderId}`),
          ),
        () => `a question about ${orderId}`,
      );
    const [mine, none] = await Promise.all([about(lost?.orderId), about(delivered?.orderId)]);
    expect((await quote(alice, CARD)).text).toContain('restored from a backup');
    const early = await (await ada.inAdmins.run('resume')).settled();
    expect(early.text).toContain('2 orders at CardPlusPay still need a decision');

    const form = await ada.inAdmins.press(mine, `stranger.attach:${lost?.orderId}`);
    const asked = await (await ada.inAdmins.submit(form, { reference: referenceOf(waiting) })).settled();
    await press(ada.inAdmins, asked, 'This is our order');
    await eventually(
      () => lost?.codes.every(({ code }) => alice.dms().some(({ text }) => text.includes(code))),
      () => `the codes of the lost order, among:\n${alice.dms().map(({ text }) => text)}`,
    );
    await press(ada.inAdmins, await press(ada.inAdmins, none, 'Not ours'), 'Not ours');
    await eventually(
      () => notices(town, 'Settled:').length === 2,
      () => 'both questions are settled',
    );

    const resumed = await (await ada.inAdmins.run('resume')).settled();
    expect(resumed.text).toContain('Purchases resumed');
    await confirm(alice, await quote(alice, CARD));
    expect(purchases(town)).toBe(4);
    expect(town.vendor.orders()).toHaveLength(4);
    for (const code of codesOf(town)) expect(alice.dms().some(({ text }) => text.includes(code))).toBe(true);
  });
});
