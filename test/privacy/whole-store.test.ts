import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { createAudit, everySource, verifyChain } from '../../src/audit/index.ts';
import { en } from '../../src/i18n/en.ts';
import { DAY_MS } from '../../src/lib/dates/calendar.ts';
import { createPrivacy } from '../../src/privacy/index.ts';
import { openStore } from '../../src/store/index.ts';

// A server with a week of everything in it: purchases, approvals, delegates, drops, giveaways, bulk sends, cases, stops.
const FIXTURE = join(import.meta.dirname, '../fixtures/store-0.1.0');
const { guildId: guild, people, at } = JSON.parse(readFileSync(join(FIXTURE, 'town.json'), 'utf8'));
const everybody = Object.entries(people as Record<string, string>);

/** Kinds of records that stay with people in them, as docs/privacy.md says. */
const STAYS = ['settings', 'delegations', 'stops', 'dmStops'];
const EXPLAINED_IN_FILE = ['queries', 'erasures', 'notices', 'campaignMessages', 'draws', 'audit'];

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function openOld(daysLater: number) {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-privacy-'));
  folders.push(folder);
  cpSync(join(FIXTURE, 'store'), folder, { recursive: true });
  const file = join(folder, 'cardigan.db');
  const store = await openStore({ url: `sqlite://${file}` });
  const clock = { now: () => at + daysLater * DAY_MS, sleep: async () => {} };
  const quiet = { info() {}, warn() {}, error() {} };
  const base = { store, ownerGuild: guild, clock, log: quiet };
  const audit = createAudit({ ...base, sources: everySource(store), isApprover: async () => true });
  const privacy = createPrivacy({ ...base, eraseAfterMs: 90 * DAY_MS });
  await audit.tick();
  return { store, file, privacy, audit, close: () => store.close() };
}

function rowsWith(file: string, user: string): { namespace: string; key: string; text: string }[] {
  using db = new DatabaseSync(file, { readOnly: true });
  return db
    .prepare('SELECT namespace, key, value FROM entries')
    .all()
    .map(({ namespace, key, value }) => ({ namespace: String(namespace), key: String(key), text: `${key} ${value}` }))
    .filter(({ text }) => text.includes(user));
}

describe('the file with what is kept of somebody', () => {
  it.each(everybody)('has every record that %s is in, and nobody else', async (_, user) => {
    const { privacy, file, close } = await openOld(0);
    const text = await privacy.fileOf({ guild, user }, en.privacy.file, Number.POSITIVE_INFINITY);
    const missing = rowsWith(file, user)
      .filter(({ namespace }) => !EXPLAINED_IN_FILE.includes(namespace))
      .filter(({ namespace, key }) => !text.includes(`"${namespace}/${key}"`))
      .map(({ namespace, key }) => `${namespace}/${key}`);
    expect(missing).toEqual([]);
    const others = everybody.filter(([, other]) => other !== user && text.includes(other));
    // The key of a delegation names who gave it: whoever was named has been told so.
    expect(others.filter(([, other]) => !text.includes(`delegations/${guild}/${other}`))).toEqual([]);
    await close();
  });
});

describe('everybody of a server, long after its end', () => {
  it.each(everybody)('%s is in nothing more but what is open or stays, and the audit is whole', async (_, user) => {
    const { privacy, store, file, audit, close } = await openOld(400);
    await privacy.requestErasure({ guild, user }, 'operator');
    for (let round = 0; round < 60; round++) await privacy.tick();
    await audit.tick();
    const { waits } = await privacy.summaryOf({ guild, user });
    expect(waits).toMatchObject({ now: 0, young: expect.any(Number) });
    const said = await privacy.fileOf({ guild, user }, en.privacy.file, Number.POSITIVE_INFINITY);
    const unsaid = rowsWith(file, user)
      .filter(({ namespace }) => ![...STAYS, 'erasures', 'queries', 'audit'].includes(namespace))
      // Whom a message called, and who is in a draw, goes with their place, or the campaign.
      .filter(({ namespace, key }) => {
        const [campaign = ''] = key.split('/');
        const isOfPlace = namespace === 'draws' || namespace === 'campaignMessages';
        return !(
          isOfPlace &&
          [`entries/${campaign}.${user}`, `campaigns/${campaign}`].some((each) => said.includes(`"${each}"`))
        );
      })
      .filter(({ namespace, key }) => !said.includes(`"${namespace}/${key}"`));
    // What waits is shown to them: nothing else is left.
    expect(unsaid.map(({ namespace, key }) => `${namespace}/${key}`)).toEqual([]);
    const verified = await verifyChain(store, everySource(store));
    expect(verified.problems).toEqual([]);
    await close();
  });

  it('all of them at once leaves the audit whole', async () => {
    const { privacy, store, audit, close } = await openOld(400);
    for (const [, user] of everybody) await privacy.requestErasure({ guild, user }, 'themselves');
    for (let round = 0; round < 80; round++) await privacy.tick();
    await audit.tick();
    const verified = await verifyChain(store, everySource(store));
    expect(verified.problems).toEqual([]);
    expect(verified.waiting).toBe(0);
    await close();
  });
});
