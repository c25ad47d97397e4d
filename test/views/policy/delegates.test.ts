import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import type { NamedDelegate } from '../../../src/policy/delegates.ts';
import {
  appointedView,
  delegateNotificationView,
  delegationsView,
  endedView,
} from '../../../src/views/policy/delegates.ts';
import { ALICE, AT } from '../samples.ts';
import { checkLimits, seen } from '../seen.ts';

const BEN = '200000000000000002';
const CARA = '200000000000000003';
const named: NamedDelegate = { guild: '3', approver: ALICE, delegate: BEN, until: AT };
const before: NamedDelegate = { ...named, delegate: CARA };

describe('who has named a delegate', () => {
  it('reads who, until when, and what that means', () => {
    expect(seen(appointedView({ named, told: 'sent' }, en))).toMatchInlineSnapshot(`
      "**Your delegate**
      <@200000000000000002> may decide in your name until <t:1767614400:f>.
      <@200000000000000002> was told by direct message.
      What they decide is recorded as theirs, in your name. An order has one voice of yours, whichever of you gives it, and neither of you decides about an order of yours or theirs. If you stop being an approver, they stop too.
      [End delegation] delegate.end:"
    `);
  });

  it.each(['closed', 'failed'] as const)('reads that the word of it did not come: %s', (told) => {
    expect(seen(appointedView({ named, told }, en))).toContain('please tell them yourself');
  });

  it('reads whom they replace, or what it was before', () => {
    expect(seen(appointedView({ named, before, told: 'sent' }, en))).toContain(
      `<@${CARA}>, whom you had named before, no longer does.`,
    );
    const shorter = { ...named, until: AT - 1000 };
    expect(seen(appointedView({ named, before: shorter, told: 'sent' }, en))).toContain(
      'Before, it was until <t:1767614399:f>.',
    );
  });

  it('reads that it has ended', () => {
    expect(seen(endedView(named, en))).toMatchInlineSnapshot(`
      "**Ended**
      <@200000000000000002> no longer decides in your name.
      What they have decided stays. To name somebody again, run /delegate."
    `);
  });
});

describe('who asks who decides for whom', () => {
  it('reads both, and may end their own', () => {
    const delegators = [{ ...named, approver: CARA, delegate: ALICE }];
    expect(seen(delegationsView({ named, delegators }, en))).toMatchInlineSnapshot(`
      "**Who decides for whom**
      <@200000000000000002> may decide in your name until <t:1767614400:f>.
      You may decide in the name of <@200000000000000003> until <t:1767614400:f>.
      With /approvals you see what waits for you.
      [End delegation] delegate.end:"
    `);
  });

  it('reads that there is neither', () => {
    expect(seen(delegationsView({ delegators: [] }, en))).toMatchInlineSnapshot(`
      "**Who decides for whom**
      Nobody decides in your name.
      Nobody has named you.
      Approvers name a delegate with /delegate, a member and until when. Naming another replaces the one before."
    `);
  });

  it('of very many reads some', () => {
    const view = delegationsView({ delegators: Array.from({ length: 500 }, () => named) }, en);
    checkLimits(view);
    expect(seen(view)).toContain('… and 480 more');
  });
});

describe('who was named', () => {
  it('reads by whom, where, until when, and what they can do', () => {
    expect(seen(delegateNotificationView(named, 'Quiz *club*', en))).toMatchInlineSnapshot(`
      "**You are a delegate on Quiz \\*club\\***
      <@200000000000000001> has named you: until <t:1767614400:f> you may approve and reject orders in their name.
      Run /approvals there to see what waits for you, or use the buttons of the cards. You do not decide about orders that are yours or theirs. What you decide is recorded as yours, in their name."
    `);
  });
});
