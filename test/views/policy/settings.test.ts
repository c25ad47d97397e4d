import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { en } from '../../../src/i18n/en.ts';
import { Problem } from '../../../src/lib/problem.ts';
import { alertKinds, defaultPolicy, EVERYONE, isTyped, type Policy, settings } from '../../../src/policy/policy.ts';
import type { Trouble } from '../../../src/policy/settings/breakages.ts';
import { noticeView } from '../../../src/views/admin/notice.ts';
import { filledModal, settingModal } from '../../../src/views/policy/setting-controls.ts';
import { changedView, notChangedView, settingsPages, settingsView } from '../../../src/views/policy/settings.ts';
import { AT, nasty } from '../samples.ts';
import { checkLimits, liveMarkup, mainButtons, seen, texts } from '../seen.ts';

const strict: Policy = {
  ...defaultPolicy,
  free: { perOrder: '20', perDay: '50' },
  tiers: [
    { over: '200', approvals: 2 },
    { over: '500', approvals: 3 },
  ],
  ownPurchases: 'another',
  approvers: ['11', '12'],
  askers: ['13'],
  approvalsChannel: '21',
  adminsChannel: '22',
  brands: ['Google Play', 'Steam'],
  deliveries: ['DIGITAL'],
  mostCards: 10,
  timeZone: 'Europe/Berlin',
  budgets: [{ scope: { kind: 'guild' }, period: 'month', limit: '500' }],
};
const troubles: readonly Trouble[] = [
  { setting: 'approvers', what: 'role_gone', id: '12' },
  { setting: 'approvalsChannel', what: 'channel_closed', id: '21' },
  { setting: 'adminsChannel', what: 'channel_gone', id: '22' },
];
const currency = 'USD';

const shownPanel = { policy: strict, troubles, currency, alerts: alertKinds };

describe('the pages of /settings', () => {
  it.each(settingsPages)('%s says the default policy in words', (page) => {
    const view = settingsView(page, { policy: defaultPolicy, troubles: [], currency, alerts: alertKinds }, en);
    checkLimits(view);
    expect(seen(view)).toMatchSnapshot();
  });

  it.each(settingsPages)('%s says what is set, and first of all what does not work', (page) => {
    const view = settingsView(page, shownPanel, en);
    checkLimits(view);
    expect(seen(view)).toMatchSnapshot();
  });

  it('have each setting once, with what changes it', () => {
    const all = settingsPages.map((page) => seen(settingsView(page, shownPanel, en))).join('\n');
    const controls = settings.map((each) => `settings.${isTyped(each) ? 'edit' : 'pick'}:${each}`);
    for (const control of controls) expect(all.split(`${control}\n`)).toHaveLength(2);
  });

  it('say a change back first, with what it was before', () => {
    const change = {
      policy: strict,
      troubles: [],
      setting: 'tiers',
      unheld: [],
      isOnePerson: false,
      currency,
      alerts: alertKinds,
    } as const;
    expect(texts(changedView({ ...change, before: defaultPolicy }, en)).slice(0, 2)).toMatchSnapshot();
  });

  it('say first why something was not taken, and take it again as it was typed', () => {
    const problem = new Problem('bad_tier', { text: '200 by two', most: 5 });
    const view = notChangedView(
      problem,
      'tiers',
      { policy: strict, troubles: [], currency, alerts: alertKinds },
      'd1',
      en,
    );
    checkLimits(view);
    expect(seen(view).split('\n').slice(0, 4)).toMatchSnapshot();
    expect(mainButtons(view)).toHaveLength(1);
    expect(JSON.stringify(filledModal('tiers', { value: '200 by two' }, en))).toContain('200 by two');
    const [aside] = [notChangedView(new Problem('channel_gone', {}), 'adminsChannel', shownPanel, undefined, en)];
    expect(texts(aside)[1]).toContain('Nothing was changed.');
  });

  it('show amounts without their currency while CardPlusPay does not tell it', () => {
    expect(seen(settingsView('money', { policy: strict, troubles: [], alerts: alertKinds }, en))).toContain(
      '20 an order',
    );
  });

  it('preset no role and no channel that is not there, for Discord takes none', () => {
    const shown = (page: 'people' | 'channels') => JSON.stringify(settingsView(page, shownPanel, en));
    expect(shown('people')).toContain('"id":"11"');
    expect(shown('people')).not.toContain('"id":"12"');
    expect(shown('channels')).not.toContain('"id":"22"');
    const open = { ...defaultPolicy, balanceSeers: [EVERYONE] };
    expect(
      JSON.stringify(settingsView('people', { policy: open, troubles: [], currency, alerts: alertKinds }, en)),
    ).not.toContain('default_values');
  });

  it.each(settings.filter(isTyped))('%s is typed into a form with what it is now', (setting) => {
    const { custom_id, title, components } = settingModal(setting, strict, en);
    checkForm(modalRules, { custom_id, title, components });
    expect(custom_id).toBe(`settings.edit:${setting}`);
    expect(components).toMatchSnapshot();
  });
});

describe('a setting that stopped working', () => {
  const breakage = { ...troubles[0], guild: '3', since: AT } as const;
  const shown = (more: object, isMended = false) =>
    seen(
      noticeView({ kind: 'settings_broken', isMended, breakage: { ...breakage, ...more } as never }, 'somebody', en),
    );

  it.each([
    { setting: 'approvers', what: 'role_gone' },
    { setting: 'askers', what: 'role_gone' },
    { setting: 'balanceSeers', what: 'role_gone' },
    { setting: 'budgets', what: 'role_gone' },
    { setting: 'approvalsChannel', what: 'channel_closed' },
    { setting: 'approvalsChannel', what: 'channel_gone' },
    { setting: 'adminsChannel', what: 'channel_closed' },
    { setting: 'adminsChannel', what: 'channel_gone' },
    { setting: 'adminsChannel', what: 'channel_public' },
    { setting: 'approvalsChannel', what: 'channel_limited', lacks: ['attach', 'history'] },
    { setting: 'approvers', what: 'roles_unheard', roles: ['11', '12'] },
  ])('is told with what it means: $setting $what', (trouble) => {
    expect(shown(trouble)).toMatchSnapshot();
  });

  it('is told with the invite that mends it, where roles are not pinged', () => {
    const trouble: Trouble = { setting: 'approvers', what: 'roles_unheard', id: '21', roles: ['11'] };
    const invite = 'https://discord.com/oauth2/authorize?x=1';
    for (const view of [
      settingsView('people', { policy: strict, troubles: [trouble], currency, alerts: alertKinds, invite }, en),
      noticeView({ kind: 'settings_broken', isMended: false, breakage: { ...breakage, ...trouble } }, 'somebody', en, {
        invite,
      }),
    ])
      expect(texts(view).join('\n')).toContain(
        `Not pinged: <@&11>. Allow anyone to mention this role, or give Cardigan the permission with [this invite](${invite})`,
      );
  });

  it('is put right once it works again', () => {
    expect(shown({}, true)).toMatchSnapshot();
  });
});

describe('whatever is listed', () => {
  const policyOf = (text: string): Policy => {
    const many = Array.from({ length: 25 }, (_, index) => `${text}${index}`);
    const roles = Array.from({ length: 25 }, (_, index) => `12345678901234567${index}`);
    const big = { perOrder: '999999.999', perDay: '1000000' };
    return {
      ...{ ...strict, brands: many, items: many, currencies: many, free: big },
      ...{ askers: roles, approvers: roles, balanceSeers: roles },
    };
  };

  it('fits Discord, and nothing of it formats or mentions', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const views = (words: string) => {
          const panel = { policy: policyOf(words), troubles, currency, alerts: alertKinds };
          const change = { ...panel, setting: 'brands' as const, unheld: [], isOnePerson: false };
          return [
            ...settingsPages.map((page) => settingsView(page, panel, en)),
            changedView({ ...change, before: { ...panel.policy, brands: [] } }, en),
          ];
        };
        for (const view of views(text)) {
          checkLimits(view);
          expect(mainButtons(view).length).toBeLessThanOrEqual(1);
        }
        expect(views(text).map(liveMarkup)).toEqual(views('x').map(liveMarkup));
        for (const setting of settings.filter(isTyped)) {
          const { custom_id, title, components } = settingModal(setting, policyOf(text), en);
          checkForm(modalRules, { custom_id, title, components });
        }
      }),
      { numRuns: 50 },
    );
  });
});
