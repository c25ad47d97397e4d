import { describe, expect, it } from 'vitest';
import { readRecipients } from '../../../src/campaigns/plan/recipients-csv.ts';
import type { BulkRecipient } from '../../../src/campaigns/plan/resolve-recipients.ts';
import { en } from '../../../src/i18n/en.ts';
import { bulkWhomView } from '../../../src/views/campaigns/bulk.ts';
import { bulkPreview, bulkTemplateView, bulkTo } from '../../../src/views/campaigns/bulk-preview.ts';
import { campaignPanel } from '../../../src/views/campaigns/panel.ts';
import { AT, campaign, usd } from '../../campaigns/campaign.ts';
import { checkLimits, seen } from '../seen.ts';

const people = (count: number, more: Partial<BulkRecipient> = {}): BulkRecipient[] =>
  Array.from({ length: count }, (_, at) => ({
    user: String(2_000_000_000_000_000_001n + BigInt(at)),
    name: `Member ${at}`,
    item: 'google-play-5',
    ...more,
  }));
const planned = campaign({ state: 'planned', places: 3, charged: usd('14.7') });
const panel = (of: typeof planned, preview: ReturnType<typeof bulkPreview>) =>
  campaignPanel(of, { actions: ['confirm', 'cancel'], preview, at: AT }, en);

describe('the preview of a bulk send', () => {
  it('says to whom, and the balance before and after to whoever may see it', () => {
    const view = panel(planned, bulkPreview(planned, { recipients: people(3), balance: usd('100.5') }, en));
    expect(seen(view)).toContain('To <@2000000000000000001>, <@2000000000000000002>, <@2000000000000000003>');
    expect(seen(view)).toMatch(/Balance .*100\.50.*85\.80/);
    expect(view.files).toBeUndefined();
    const hidden = panel(planned, bulkPreview(planned, { recipients: people(3) }, en));
    expect(seen(hidden)).not.toContain('Balance');
  });

  it('names the first twenty of many, and has all of them in a file', () => {
    const many = campaign({ state: 'planned' });
    const view = panel(many, bulkPreview(many, { recipients: people(250) }, en));
    checkLimits(view);
    expect(seen(view)).toContain('<@2000000000000000020> and 230 more');
    expect(seen(view)).not.toContain('<@2000000000000000021>');
    const [file] = view.files ?? [];
    expect(file?.name).toBe('members-K7Q2M9.csv');
    expect(file?.text.split('\r\n')).toHaveLength(252);
    expect(file?.text).toContain('2000000000000000021,Member 20,');
    expect(seen(panel(many, bulkTo(many, ['1', '2'], en)))).toContain('To <@1>, <@2> and 248 more');
  });

  it('lets nothing of a list be carried out by a spreadsheet', () => {
    const recipients = people(21, { name: '=cmd()', message: '+1' });
    const { file } = bulkPreview(planned, { recipients }, en);
    expect(file?.text).toContain(",'=cmd(),");
    expect(file?.text).toContain(",'+1");
  });

  it('shows the first five lines of a file as they were understood', () => {
    const recipients = people(7).map((each, at) => ({
      ...each,
      line: at + 2,
      ...(at === 0 && { message: 'Well *done*' }),
    }));
    const text = seen(panel(planned, bulkPreview(planned, { recipients }, en)));
    expect(text).toContain('Line 2: <@2000000000000000001> · ');
    expect(text).toContain('"Well \\*done\\*"');
    expect(text).toContain('Line 6: ');
    expect(text).not.toContain('Line 7: ');
  });
});

describe('a bulk send of many long words', () => {
  it('fits one message, with as much of the preview as there is room for', () => {
    const name = 'A card with quite a long name '.repeat(4);
    const parts = Array.from({ length: 10 }, (_, at) => ({ ...campaign().parts[0], itemCode: `c${at}`, name }));
    const of = campaign({
      state: 'planned',
      parts: parts as never,
      gift: { receipt: 'private', message: 'x'.repeat(300) },
    });
    const recipients = people(30, { item: 'c1', message: 'Very well played indeed, '.repeat(4) });
    const preview = bulkPreview(of, { recipients: recipients.map((each, at) => ({ ...each, line: at + 2 })) }, en);
    const notes = Array.from(
      { length: 16 },
      (_, at) => `Line ${at}: <@2000000000000000001> is not in this server: nothing for them`,
    );
    const view = campaignPanel(of, { actions: ['confirm', 'cancel'], preview, notes, at: AT }, en);
    checkLimits(view);
    expect(seen(view)).toContain('To <@2000000000000000001>');
  });
});

describe('the template of a file', () => {
  it('is one that can be read, and comes with a button', () => {
    const view = bulkTemplateView(en);
    checkLimits(view);
    const read = readRecipients(view.files?.[0]?.text ?? '');
    expect(read.errors).toEqual([]);
    expect(read.lines).toMatchObject([{ who: { kind: 'name', value: 'cleo' }, message: 'Well played' }]);
    expect(seen(bulkWhomView('q0', 'Card', en))).toContain('[Download a template] bulk.template:csv');
  });
});
