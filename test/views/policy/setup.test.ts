import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { en } from '../../../src/i18n/en.ts';
import { Problem } from '../../../src/lib/problem.ts';
import { alertKinds, defaultPolicy, type Policy } from '../../../src/policy/policy.ts';
import { refusedNews } from '../../../src/views/policy/settings.ts';
import { otherAmountModal, setupDoneView, setupScreens, setupView } from '../../../src/views/policy/setup.ts';
import { checkLimits, mainButtons, seen } from '../seen.ts';

const currency = 'USD';
const fresh = { policy: defaultPolicy, troubles: [], currency, alerts: alertKinds };
const policy: Policy = {
  ...defaultPolicy,
  askers: ['13'],
  approvers: ['11'],
  approvalsChannel: '21',
  adminsChannel: '22',
  free: { perOrder: '7.5', perDay: '7.5' },
  budgets: [{ scope: { kind: 'guild' }, period: 'month', limit: '500' }],
};
const set = { policy, troubles: [], currency, alerts: alertKinds };

describe('/setup', () => {
  it.each(setupScreens)('asks on the screen %s, with its default, and then with what is set', (screen) => {
    for (const panel of [fresh, set]) {
      const view = setupView(screen, panel, en);
      checkLimits(view);
      expect(mainButtons(view)).toHaveLength(1);
      expect(seen(view)).toMatchSnapshot();
    }
  });

  it('says at once what does not work of what was chosen there, and nothing of the other screens', () => {
    const troubles = [{ setting: 'adminsChannel', what: 'channel_public', id: '22' }] as const;
    const broken = { ...set, troubles };
    expect(seen(setupView('channels', broken, en))).toContain(en.settings.troubles.adminsChannel.channel_public);
    expect(seen(setupView('buyers', broken, en))).not.toContain(en.settings.troubles.adminsChannel.channel_public);
    expect(seen(setupDoneView(broken, en))).toContain(en.settings.troubles.adminsChannel.channel_public);
  });

  it('says why an amount was not taken, and takes it again as it was typed', () => {
    const problem = new Problem('bad_setting_amount', { text: 'ten', highest: 1_000_000, decimals: 3 });
    const view = setupView('amounts', fresh, en, refusedNews(problem, 'setup.again', 'd1', en));
    checkLimits(view);
    expect(mainButtons(view)).toHaveLength(1);
    expect(seen(view)).toContain(`[${en.settingsPages.again}*] setup.again:d1`);
    const { custom_id, title, components } = otherAmountModal('free', 'ten', en);
    checkForm(modalRules, { custom_id, title, components });
    expect(JSON.stringify(components)).toContain('"value":"ten"');
  });

  it('ends with what is set, and what to try', () => {
    const view = setupDoneView(set, en);
    checkLimits(view);
    expect(seen(view)).toMatchSnapshot();
  });
});
