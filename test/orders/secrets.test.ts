import { DatabaseSync } from 'node:sqlite';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { OrderFault } from '../../sandbox/cardpluspay/faults.ts';
import { startCardPlusPay } from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import { createCardPlusPay } from '../../src/cardpluspay/client.ts';
import { en } from '../../src/i18n/en.ts';
import { auditFile } from '../../src/views/admin/audit-file.ts';
import { auditOf, chainOf } from '../policy/recording.ts';
import { anna, buy, type Desk, olga, openDesk } from './desk.ts';

const KEY = 'cpp_live_a_secret_key';
const faults: OrderFault[] = [
  ...(['unreadable', 'broken-off', '500', 'success-false'] as const).map((kind) => `${kind}-after-commit` as const),
  ...(['codes-partly-late', 'codes-late', 'charged-more', 'out-of-stock', 'unauthorized'] as const),
];

/** Everything that is stored, as it lies in the database: what is in the vault is sealed there. */
function everythingStored({ file }: Desk): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = ['entries', 'tags', 'holds'].flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all());
  database.close();
  return JSON.stringify(rows);
}

describe('codes, PINs and the API key', () => {
  it('are in no log line and in no stored record, whatever goes wrong', async () => {
    const standIn = await startCardPlusPay({ apiKey: KEY });
    const { url: baseUrl } = standIn;
    const desk = await openDesk({
      giftCards: (clock) => createCardPlusPay({ baseUrl, apiKey: KEY, clock }),
    });
    desk.clock.flows = true;
    const posted = ['sent', 'closed', 'failed'] as const;
    const seen: string[] = [];
    // So many lost answers stop purchases: here an admin has them go on each time.
    const goOn = () => desk.resumePurchases(olga).catch(() => undefined);
    for (const [i, kind] of [undefined, ...faults].entries()) {
      desk.post.post = async () => {
        if (i % 4 === 3) throw new Error('a bug in a view');
        return posted[i % 4] ?? 'sent';
      };
      if (kind) standIn.fault(kind, { price: '9.99', looks: 1 });
      await desk.tick();
      await goOn();
      const order = await buy(desk, { itemCode: 'steam-usd-5', quantity: i + 2 });
      seen.push(order.status);
      if (order.status === 'bought') seen.push((await desk.collect(order.id, anna)).status);
      await desk.reveal(order.id, anna).then(desk.seen, () => undefined);
      await desk.newProcess().recover();
    }
    // All kinds of ends were there to be searched.
    expect(new Set(seen)).toEqual(new Set(['delivered', 'unconfirmed', 'bought', 'held', 'failed']));
    await auditOf(desk).tick();
    const chain = await chainOf(desk);
    const [stored, logged] = [everythingStored(desk), inspect(desk.logged, { depth: null })];
    const secrets = [...standIn.issuedCodes(), KEY];
    expect(secrets.length).toBeGreaterThan(20);
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
    expect(secrets.filter((secret) => logged.includes(secret))).toEqual([]);
    expect(stored).toContain('steam-usd-5');
    // The record of who did what tells of every reveal, and a file of it shows no code.
    const file = auditFile(chain, en);
    expect(chain.filter(({ deed }) => deed.why === 'revealed').length).toBeGreaterThan(1);
    expect(file.split('\r\n').length).toBeGreaterThan(chain.length);
    expect(secrets.filter((secret) => file.includes(secret))).toEqual([]);
    expect(secrets.filter((secret) => JSON.stringify(chain).includes(secret))).toEqual([]);
    await standIn.close();
  });
});
