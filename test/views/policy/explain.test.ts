import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import type { Explanation } from '../../../src/orders/quote/dry-run.ts';
import type { BudgetEffect, Refusal } from '../../../src/policy/types.ts';
import { whyView } from '../../../src/views/policy/explain.ts';
import { ALICE, nasty, offer, usd } from '../samples.ts';
import { checkLimits, liveMarkup, seen } from '../seen.ts';

const month = { scope: { kind: 'guild' as const }, period: 'month' as const, limit: '500' };
const explanation = (more: Partial<Explanation> = {}): Explanation => ({
  ...{ user: ALICE, offer: offer(), quantity: 2, each: usd('4.9'), charged: usd('9.8') },
  verdict: { kind: 'needs', approvals: 1, because: [{ rule: 'every_order' }] },
  free: { perOrder: '0', perDay: '0' },
  budgets: [],
  caps: { order: usd('1000'), day: usd('5000'), left: usd('4900') },
  balance: usd('100.5'),
  obstacles: [],
  ...more,
});
const said = (more?: Partial<Explanation>) => seen(whyView(explanation(more), en));

describe('/why', () => {
  it('says how many approvals it takes, by which rules, and what it does to budgets', () => {
    const tier = { rule: 'tier' as const, over: '5', approvals: 2 };
    const because = [{ rule: 'every_order' as const }, tier];
    const budgets = [{ ...month, before: '50', after: '40.2' }];
    expect(said({ verdict: { kind: 'needs', approvals: 2, because }, budgets })).toBe(
      [
        '**What would happen: 2 × Google Play 5 USD**',
        'Total **$9.80** (2 × $4.90)',
        'Face value $10.00 (you save 2%)',
        `If <@${ALICE}> ran /buy now`,
        'Needs 2 approvals: every order needs 1 approval; orders over $5 need 2 approvals.',
        'Budget of this server this month: $50.00 → $40.20 left',
        'Balance $100.50 → $90.70',
        'Whoever runs Cardigan allows $1,000 an order and $5,000 a day across all servers. $4,900.00 of that is left until midnight UTC.',
        'This is only a preview: nothing was requested, reserved or bought.',
      ].join('\n'),
    );
  });

  it('says every reason why it is refused', () => {
    const over: Refusal = { rule: 'over_budget', ...month, left: '4.2' };
    const refusals: Refusal[] = [{ rule: 'too_many_cards', most: 1 }, over];
    const budgets = [{ ...month, before: '4.2', after: '-5.6' }];
    const text = said({ verdict: { kind: 'refused', refusals }, budgets });
    expect(text).toContain('Refused. An order can have at most 1 card here.');
    expect(text).toContain("Refused. That is over this server's budget: $4.20 of $500 is left");
    expect(text).not.toContain('→ -5.60');
  });

  it('says by which rule it needs nobody', () => {
    expect(said({ verdict: { kind: 'allowed', rule: 'own_purchase' } })).toContain(
      "No approval needed: approvers' own purchases need none",
    );
    const free = { perOrder: '10', perDay: '20' };
    expect(said({ verdict: { kind: 'allowed', rule: 'within_free' }, free })).toContain(
      'up to $10 an order and $20 a day need none',
    );
  });

  it('names what is in its way whatever the policy says, and hides a balance that is not for all', () => {
    const obstacles = ['stopped', 'out_of_stock', 'over_order_cap', 'over_day_cap', 'balance'] as const;
    const { balance: _, ...others } = explanation({ obstacles });
    const text = seen(whyView(others, en));
    for (const obstacle of obstacles) expect(text).toContain(en.why.obstacles[obstacle]);
    expect(text).not.toContain('100.50');
  });

  it('fits a message and lets no text format or mention, however much there is', () => {
    const effect = (at: number): BudgetEffect => ({
      ...{ scope: { kind: 'role', id: `${at}` }, period: 'week', limit: '999999999.9999' },
      ...{ before: '999999999.9999', after: '999999.9999' },
    });
    const view = (text: string) => {
      const refusals: Refusal[] = Array.from({ length: 30 }, () => ({
        ...{ rule: 'brand', is: text },
        allowed: Array.from({ length: 25 }, () => text),
      }));
      const budgets = Array.from({ length: 60 }, (_, at) => effect(at));
      const named = offer({ name: text });
      const verdict = { kind: 'refused', refusals } as const;
      return whyView(explanation({ offer: named, verdict, budgets }), en);
    };
    fc.assert(
      fc.property(nasty, (text) => {
        checkLimits(view(text));
        expect(liveMarkup(view(text))).toBe(liveMarkup(view('x')));
      }),
    );
  });
});
