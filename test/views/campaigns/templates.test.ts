import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import type { Template } from '../../../src/campaigns/model/template.ts';
import { en } from '../../../src/i18n/en.ts';
import {
  templateDeletedView,
  templateMenu,
  templateModal,
  templateView,
} from '../../../src/views/campaigns/templates.ts';
import { message } from '../../../src/views/kit/message.ts';
import { ALICE, AT, campaign } from '../../campaigns/campaign.ts';
import { checkLimits, seen } from '../seen.ts';

const template: Template = {
  ...{ version: 1, id: '01K7Q2M900000001', guild: '300000000000000001', name: 'Friday *quiz*', by: ALICE, at: AT },
  ...{ kind: 'drop', itemCode: 'google-play-5', itemName: 'Google Play 5 USD', cards: 3 },
  ...{ place: '400000000000000001', gift: { receipt: 'private', message: 'Well played' }, lastsMs: 2 * 3_600_000 },
};

describe('a template', () => {
  it('says what it would give, where and for how long, and that the price is found out anew', () => {
    const view = templateView(template, { mayDelete: true }, en);
    checkLimits(view);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Friday \\*quiz\\***
      Drop of 3 × Google Play 5 USD
      Posted in <#400000000000000001>
      Ends 2 hours after it starts
      Message: Well played
      Saved by <@200000000000000001> <t:1767614400:R>
      You'll see the current price before you confirm.
      [Run again*] template.run:01K7Q2M900000001
      [Delete] template.delete:01K7Q2M900000001"
    `);
    expect(seen(templateView(template, { mayDelete: false }, en))).not.toContain('[Delete]');
    expect(seen(templateDeletedView(template, en))).toContain('Template deleted: Friday \\*quiz\\*');
  });

  it('stands in a menu of as many as a server may have, and nothing where there is none', () => {
    const many = Array.from({ length: 25 }, (_, at) => ({ ...template, id: `id${at}`, name: 'x'.repeat(40) }));
    checkLimits(message({ title: 'List', rows: [templateMenu(many, en)] }));
    expect(templateMenu([], en)).toBeUndefined();
    expect(seen(message({ title: 'List', rows: [templateMenu([{ ...template, kind: 'bulk' }], en)] }))).toContain(
      'Friday *quiz*',
    );
  });

  it('is named in a form that Discord takes', () => {
    expect(() => checkForm(modalRules, templateModal(campaign(), en))).not.toThrow();
  });
});
