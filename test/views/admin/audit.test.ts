import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry, Deed } from '../../../src/audit/chain.ts';
import { orderDeeds, stopDeeds } from '../../../src/audit/deeds.ts';
import { en } from '../../../src/i18n/en.ts';
import { tame } from '../../../src/lib/csv.ts';
import { auditView } from '../../../src/views/admin/audit.ts';
import { auditFile, auditPartView, auditSheet } from '../../../src/views/admin/audit-file.ts';
import { noticeView } from '../../../src/views/admin/notice.ts';
import { plain } from '../../../src/views/kit/text.ts';
import { readCsv } from '../read-csv.ts';
import { ALICE, AT, nasty, nastyUtf8, order, remote, step, usd } from '../samples.ts';
import { checkLimits, liveMarkup, seen } from '../seen.ts';

const ADA = '200000000000000002';
const HASH = '5e88489da7'.padEnd(64, '0');

const deeds: Omit<Deed, 'id'>[] = [
  ...orderDeeds(
    order({
      remote,
      history: [
        step('quoted', 'asked', { by: ALICE }),
        step('awaiting_approval', 'approval_asked', { by: ALICE }),
        step('approved', 'approved', { by: ADA }),
        step('bought'),
        step('delivered', 'dm_sent'),
        step('delivered', 'revealed', { by: ALICE }),
      ],
    }),
  ),
  ...stopDeeds({
    ...{ version: 1, id: 'S1', at: AT, by: ADA, why: 'asked', detail: 'We count' },
    resumed: { at: AT, by: ADA },
  }),
  { at: AT, by: 'cardigan', what: 'stop.stopped', why: 'unknown_outcomes' },
];
const entriesOf = (...said: Omit<Deed, 'id'>[]): AuditEntry[] =>
  said
    .map((deed, index) => ({
      ...{ version: 1, number: index + 1, at: AT, previous: '', hash: HASH },
      deed: { ...deed, id: `x/${index}` },
    }))
    .reverse();

/** One deed of everything there can be in one, in these words. */
const worded = (words: string): Omit<Deed, 'id'> => ({
  ...{ at: AT, by: ALICE, for: ADA, what: 'settings.changed', detail: words, amount: usd('9.8') },
  about: { order: 'A', reference: 'K7Q2M9', member: ADA, item: words },
  change: { field: words, from: words, to: words },
});
/** Each entry with a line of its own. */
const rows = (entries: readonly AuditEntry[]) => ({
  lines: entries.map((entry) => ({ entries: [entry] })),
  ...{ list: 'q', here: 'q/0' },
});
const listOf = (words: string) => ({
  ...rows(entriesOf(...Array.from({ length: 10 }, () => worded(words)))),
  ...{
    list: '0123456789abcdef',
    here: '0123456789abcdef/2',
    previous: '0123456789abcdef/1',
    next: '0123456789abcdef/3',
  },
});

describe('a setting that was changed', () => {
  const row = (field: string, from: unknown, to: unknown) => {
    const change = { field, from: JSON.stringify(from), to: JSON.stringify(to) };
    const deed = { at: AT, by: ADA, what: 'settings.changed', change };
    return seen(auditView(rows(entriesOf(deed)), en)).split('\n')[1];
  };
  const limit = (scope: object, amount: string) => ({ scope, period: 'month', limit: amount });

  it('is said in the words of the panel', () => {
    expect(row('tiers', [], [{ over: '200', approvals: 2 }])).toMatchInlineSnapshot(
      `"\`1\` <t:1767614400:f> · <@200000000000000002> · settings changed · Approval tiers: none → orders over 200 need 2 approvals"`,
    );
    expect(row('approvers', [], ['7'])).toMatchInlineSnapshot(
      `"\`1\` <t:1767614400:f> · <@200000000000000002> · settings changed · Approvers: members with Manage Server → <@&7>"`,
    );
    expect(row('approvalsChannel', null, '9')).toMatchInlineSnapshot(
      `"\`1\` <t:1767614400:f> · <@200000000000000002> · settings changed · Approvals channel: where the request is made → <#9>"`,
    );
  });

  it('of budgets names the limits that came or went', () => {
    const kept = limit({ kind: 'guild' }, '500');
    expect(row('budgets', [kept], [kept, limit({ kind: 'role', id: '7' }, '50')])).toMatchInlineSnapshot(
      `"\`1\` <t:1767614400:f> · <@200000000000000002> · settings changed · Budgets: none → Members with <@&7> together 50 a month"`,
    );
  });

  it('that this Cardigan does not know is shown as it is on record', () => {
    expect(row('moods', 1, 2)).toContain('moods: 1 → 2');
    expect(row('tiers', 'odd', [])).toContain('tiers');
  });
});

describe('a page of the record', () => {
  it('says who did what, newest first', () => {
    expect(seen(auditView({ ...rows(entriesOf(...deeds)), next: 'q/1' }, en))).toMatchSnapshot();
  });

  it('says what was changed from what to what, and on whose behalf', () => {
    const change = { field: 'Approvals channel', from: 'none', to: '#approvals' };
    const [entry] = entriesOf({ at: AT, by: ALICE, for: ADA, what: 'settings.changed', change });
    const text = seen(auditView(rows(entry ? [entry] : []), en));
    expect(text).toContain(`<@${ALICE}> for <@${ADA}>`);
    expect(text).toContain('Approvals channel: none →');
  });

  it('has one line an order, with its card, its total and where it stands, and a menu to see its entries', () => {
    const own = entriesOf(...deeds).filter(({ deed }) => deed.about?.order !== undefined);
    const sent = own.map((entry) => {
      const { about = { member: ALICE } } = entry.deed;
      return { ...entry, deed: { ...entry.deed, by: ADA, about: { ...about, recipient: ADA } } };
    });
    const [stopped] = entriesOf({ at: AT, by: 'cardigan', what: 'stop.stopped', why: 'unknown_outcomes' });
    const lines = [
      { order: 'A', entries: own },
      ...(stopped ? [{ entries: [stopped] }] : []),
      { order: 'B', entries: sent },
      { order: 'C', entries: own.slice(-2) },
    ];
    const view = auditView({ lines, list: 'q', here: 'q/0', next: 'q/1' }, en);
    expect(seen(view)).toMatchSnapshot();
    expect(() => checkLimits(view)).not.toThrow();
  });

  it('of one order that was opened leads back to where it was opened', () => {
    const own = entriesOf(...deeds).filter(({ deed }) => deed.about?.order !== undefined);
    expect(seen(auditView({ ...rows(own), back: 'p/3' }, en))).toMatchSnapshot();
    expect(seen(auditView({ ...rows([]), back: 'p/3' }, en))).toContain('[Back to list] audit.page:p/3');
  });

  it('says so when there is nothing', () => {
    expect(seen(auditView(rows([]), en))).toMatchSnapshot();
    expect(seen(auditView({ ...rows([]), next: 'q/1' }, en))).toMatchSnapshot();
  });

  it('fits Discord, and nothing that people wrote formats or mentions', () => {
    fc.assert(
      fc.property(
        nasty.filter((text) => plain(text, 40) !== ''),
        (text) => {
          const view = auditView(listOf(text), en);
          expect(() => checkLimits(view)).not.toThrow();
          expect(liveMarkup(view)).toEqual(liveMarkup(auditView(listOf('x'), en)));
          const grouped = (words: string) => {
            const lines = listOf(words).lines.map((line, at) => ({ ...line, order: `ORDER${at}` }));
            return auditView({ ...listOf(words), lines }, en);
          };
          expect(() => checkLimits(grouped(text))).not.toThrow();
          expect(liveMarkup(grouped(text))).toEqual(liveMarkup(grouped('x')));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the record as a file', () => {
  it('has a row for each entry, with its hash', () => {
    expect(auditFile(entriesOf(...deeds), en)).toMatchSnapshot();
    const sheet = auditSheet(entriesOf(...deeds), en);
    const sheets = sheet ? [sheet] : [];
    const view = auditPartView({ sheets, here: 'q/0' }, en);
    expect(seen(view)).toMatchSnapshot();
    expect(() => checkLimits(view)).not.toThrow();
    expect(auditSheet([], en)).toBeUndefined();
    expect(seen(auditPartView({ sheets: [], here: 'q/0' }, en))).toContain('No matching entries');
  });

  it('says which part it is, and that there are more or that it is the last, in ten files at most', () => {
    const sheets = Array.from({ length: 10 }, (_, at) => {
      const [newest, oldest] = [20_000 - at * 2_000, 18_001 - at * 2_000];
      return { name: `audit-${oldest}-${newest}.csv`, text: 'x', newest, oldest, rows: 2_000 };
    });
    const first = auditPartView({ sheets, here: 'q/0', next: 'q/1' }, en);
    expect(() => checkLimits(first)).not.toThrow();
    expect(seen(first)).toMatchSnapshot();
    expect(first.files).toHaveLength(10);
    const last = seen(auditPartView({ sheets: sheets.slice(0, 1), here: 'q/1' }, en));
    expect(last).toContain('part 2: 2,000 entries (20,000 down to 18,001)');
    expect(last).toContain('This is the last part.');
  });

  it('gives a spreadsheet nothing to carry out, whatever people wrote', () => {
    const formula = fc.tuple(
      fc.constantFrom('', ' ', '\t', '\u200b', '\ufeff', '\n'),
      fc.constantFrom('=', '+', '-', '@', '＝', '\t', '\r'),
      nastyUtf8,
    );
    const words = fc.oneof(
      nastyUtf8,
      formula.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(words, (text) => {
        const rows = readCsv(auditFile(entriesOf(worded(text), { ...worded(text), by: text }), en));
        for (const field of rows.slice(1).flat()) expect(field).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]/u);
      }),
      { numRuns: 300 },
    );
    expect(tame('=1+1')).toBe("'=1+1");
    expect(tame('2 × Google Play')).toBe('2 × Google Play');
  });
});

describe('the hash of a day', () => {
  it('says how many entries there are, and what it is for', () => {
    const content = { kind: 'audit_hash', day: '2026-11-24', number: 1234, hash: HASH } as const;
    expect(seen(noticeView(content, 'somebody', en))).toMatchSnapshot();
  });
});
