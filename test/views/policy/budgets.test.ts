import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { en } from '../../../src/i18n/en.ts';
import type { Period } from '../../../src/lib/dates/calendar.ts';
import type { Allowance, ListedLimit } from '../../../src/policy/budgets/budgets.ts';
import type { BudgetState } from '../../../src/policy/budgets/spent.ts';
import type { BudgetLimit } from '../../../src/policy/policy.ts';
import type { Scope } from '../../../src/policy/types.ts';
import {
  budgetView,
  limitChangedView,
  limitListView,
  limitModal,
  parseLimitForm,
  whoseView,
} from '../../../src/views/policy/budgets.ts';
import { ALICE } from '../samples.ts';
import { checkLimits, seen } from '../seen.ts';

const CREW = '500000000000000001';
const limit = (scope: Scope, amount = '500', period: Period = 'month'): BudgetLimit => ({
  ...{ scope, period },
  limit: amount,
});
const guild: Scope = { kind: 'guild' };
const state = (of: BudgetLimit, spent = '300', setAside = '80', left = '120'): BudgetState => ({
  ...of,
  ...{ spent, setAside, left },
});
const spending = (more: Partial<Allowance> = {}): Allowance => ({
  ...{ user: ALICE, currency: 'USD', timeZone: 'Europe/Berlin', budgets: [] },
  ...more,
});
const own = { isOwn: true, isManager: false };
const role: Scope = { kind: 'role', id: CREW };
const buttons = '[Set a limit] budget.set:\n[All limits] budget.all:\n[Settings] settings.page:money';

describe('/budget', () => {
  it('shows each limit, what is left, and what was spent and set aside', () => {
    const budgets = [
      state(limit(guild)),
      state(limit({ kind: 'everyone' }, '50', 'week'), '0', '9.8', '40.2'),
      state(limit(role, '20', 'day'), '0', '0', '20'),
    ];
    const free = { perOrder: '5', perDay: '10', left: '0.2' };
    expect(seen(budgetView(spending({ budgets, free }), own, en))).toBe(
      [
        '**Your budget**',
        'This server · $500 a month · **$120.00 left** ($300.00 spent, $80.00 reserved)',
        'Each member · $50 a week · **$40.20 left** ($9.80 reserved)',
        `Members with <@&${CREW}> together · $20 a day · **$20.00 left**`,
        'Without approval · $5 an order, $10 a day · **$0.20 left**',
        'Days, weeks (from Monday) and months start in Europe/Berlin time.',
        'Reserved amounts are waiting for approval or being bought. They are released if nothing is bought.',
      ].join('\n'),
    );
  });

  it('says that there is no limit; who sets limits finds out how', () => {
    expect(seen(budgetView(spending(), own, en))).toBe('**Your budget**\nYou have no spending limit here.');
    const looker = { isOwn: false, isManager: true };
    expect(seen(budgetView(spending(), looker, en))).toBe(
      `**Budget of <@${ALICE}>**\nYou have no spending limit here.\n${buttons}`,
    );
  });

  it('shows those with the least left, where there are too many', () => {
    const budgets = Array.from({ length: 90 }, (_, at) =>
      state(limit({ kind: 'role', id: `${at}` }, '999999999.9999'), '999999.9999', '1', `${90 - at}`),
    );
    const view = budgetView(spending({ budgets }), { isOwn: true, isManager: true }, en);
    checkLimits(view);
    expect(seen(view)).toContain('<@&89>');
    expect(seen(view)).not.toContain('<@&0>');
    expect(seen(view)).toContain('70 more limits with more left.');
  });
});

describe('all limits', () => {
  const many = (count: number): ListedLimit[] =>
    Array.from({ length: count }, (_, at) => {
      const each = limit({ kind: 'role', id: String(at) }, '999999999.9999');
      return { limit: each, state: state(each, '99999', '99999', '99999') };
    });
  const list = (limits: (ListedLimit | undefined)[], page = 0) =>
    limitListView({ query: 'c0ffeec0ffeec0ff', page, limits, currency: 'USD' }, en);

  it('each have a button that removes that one, whatever its row becomes later', () => {
    const everyone = { limit: limit({ kind: 'everyone' }, '50') };
    const server = { limit: limit(guild), state: state(limit(guild)) };
    expect(seen(list([everyone, undefined, server]))).toBe(
      [
        '**2 spending limits**',
        'Each member · $50 a month · counted separately for each member',
        '[Remove] budget.remove:c0ffeec0ffeec0ff/0',
        'This server · $500 a month · **$120.00 left** ($300.00 spent, $80.00 reserved)',
        '[Remove] budget.remove:c0ffeec0ffeec0ff/2',
        'Removing a limit applies immediately, for everyone.',
        '[Set a limit] budget.set:',
      ].join('\n'),
    );
  });

  it('fit a message, page by page, also when those of the last page are gone', () => {
    for (const page of [0, 5, 12, 99]) checkLimits(list(many(100), page));
    expect(seen(list(many(100), 12))).toContain('Page 13 of 13');
    expect(seen(list(many(9).slice(0, 8), 1))).toContain('8 spending limits');
  });

  it('are none', () => {
    expect(seen(list([undefined]))).toBe('**This server has no spending limits.**\n[Set a limit] budget.set:');
  });
});

describe('a limit', () => {
  const after = { limit: limit(guild), state: state(limit(guild), '0', '0', '500') };

  it('is said back in words once it is set, with what was before', () => {
    const first = seen(limitChangedView({ after, currency: 'USD' }, en));
    expect(first).toContain('This server · $500 a month · **$500.00 left**');
    expect(first).toContain('Earlier purchases may not count toward it.');
    const before = limit(guild, '300');
    const changed = seen(limitChangedView({ before, after, currency: 'USD' }, en));
    expect(changed).toContain('Previously $300');
  });

  it('is said back once it is removed', () => {
    const removed = seen(limitChangedView({ before: limit(role, '0'), currency: 'USD' }, en));
    expect(removed).toContain('**Spending limit removed**');
    expect(removed).toContain(`Members with <@&${CREW}> together · $0 a month`);
  });
});

describe('the form of a limit', () => {
  it('is asked for by whose spending it is', () => {
    checkLimits(whoseView(en));
    expect(seen(whoseView(en))).toContain(
      '[This server] budget.limit:guild\n[Each member] budget.limit:everyone\n[A role] budget.limit:role\n[One member] budget.limit:member',
    );
  });

  it.each(['guild', 'everyone', 'role', 'member'])('of %s is one that Discord takes', (kind) => {
    const { custom_id, title, components } = limitModal(kind, en);
    checkForm(modalRules, { custom_id, title, components });
    const ids = components.map(
      (each) => 'component' in each && 'custom_id' in each.component && each.component.custom_id,
    );
    const who = kind === 'role' || kind === 'member' ? ['who'] : [];
    expect(ids).toEqual([...who, 'period', 'amount']);
  });

  it('is read as it was filled in', () => {
    expect(parseLimitForm('guild', { period: ['day'] })).toEqual({ scope: guild, period: 'day' });
    expect(parseLimitForm('role', { who: [CREW], period: ['week'] })).toEqual({
      ...{ scope: role, period: 'week' },
    });
  });

  it('of a tampered client is refused', () => {
    const texts = fc.string();
    fc.assert(
      fc.property(texts, texts, (kind, period) => {
        expect(() => parseLimitForm(kind, { period: [period] })).toThrow('button_unknown');
      }),
    );
    expect(() => parseLimitForm('role', { period: ['day'] })).toThrow('button_unknown');
    expect(() => limitModal('somebody', en)).toThrow('button_unknown');
  });
});
