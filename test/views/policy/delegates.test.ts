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
      <@200000000000000002> can decide in your name until <t:1767614400:f>.
      <@200000000000000002> was told by direct message.
      Their decisions are logged as made by them, in your name. Together you have one vote per request, and neither of you can decide on your own or each other's requests. If you stop being an approver, so do they.
      [End delegation] delegate.end:"
    `);
  });

  it.each(['closed', 'failed'] as const)('reads that the word of it did not come: %s', (told) => {
    expect(seen(appointedView({ named, told }, en))).toContain('please tell them yourself');
  });

  it('reads whom they replace, or what it was before', () => {
    expect(seen(appointedView({ named, before, told: 'sent' }, en))).toContain(
      `<@${CARA}> is no longer your delegate.`,
    );
    const shorter = { ...named, until: AT - 1000 };
    expect(seen(appointedView({ named, before: shorter, told: 'sent' }, en))).toContain(
      'Previously until <t:1767614399:f>.',
    );
  });

  it('reads that it has ended', () => {
    expect(seen(endedView(named, en))).toMatchInlineSnapshot(`
      "**Delegation ended**
      <@200000000000000002> no longer decides in your name.
      Their past decisions stand. Run /delegate to choose someone again."
    `);
  });
});

describe('who asks who decides for whom', () => {
  it('reads both, and may end their own', () => {
    const delegators = [{ ...named, approver: CARA, delegate: ALICE }];
    expect(seen(delegationsView({ named, delegators }, en))).toMatchInlineSnapshot(`
      "**Delegates**
      <@200000000000000002> can decide in your name until <t:1767614400:f>.
      You can decide for <@200000000000000003> until <t:1767614400:f>.
      Run /approvals to see what needs your decision.
      [End delegation] delegate.end:"
    `);
  });

  it('reads that there is neither', () => {
    expect(seen(delegationsView({ delegators: [] }, en))).toMatchInlineSnapshot(`
      "**Delegates**
      You have no delegate.
      You aren't anyone's delegate.
      Approvers choose a delegate with /delegate, a member and an end date. Choosing another replaces the first."
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
      "**You are now a delegate in Quiz \\*club\\***
      <@200000000000000001> made you their delegate until <t:1767614400:f>. You can approve and decline requests in their name.
      Run /approvals there to see what needs your decision, or use the buttons on the requests. You can't decide on your own requests or theirs. Your decisions are logged as made by you, in their name."
    `);
  });
});
