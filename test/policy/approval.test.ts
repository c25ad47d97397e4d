import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/lib/problem.ts';
import {
  type Approvable,
  askedAt,
  endedBy,
  newApproval,
  refusalOf,
  rejectingVoice,
  signatureOf,
  voiceFor,
  withVote,
} from '../../src/policy/approval.ts';

const AT = 1_800_000_000_000;
const because = [{ rule: 'every_order' as const }];
const fresh = newApproval(
  { kind: 'needs', approvals: 2, because },
  { channel: 'channel', endsAt: AT + 1, effects: [] },
);
const asked = (votes: [by: string, voice: string][] = []): Approvable => ({
  reference: 'K7Q2M9',
  requester: 'cleo',
  recipients: [{ user: 'rita' }],
  approval: { ...fresh, votes: votes.map(([by, voice]) => ({ by, voice, at: AT })) },
});
const own = (user: string) => ({ user, voices: [user] });
/** Anna and Ben have both named Dora. */
const dora = { user: 'dora', voices: ['anna', 'ben'] };
const standing = { ok: true as const, wanted: 1, lapsed: [] };

describe('an approval', () => {
  it('asks for as many as the policy wants, and begins without any', () => {
    expect(fresh).toEqual({
      channel: 'channel',
      endsAt: AT + 1,
      wanted: 2,
      because,
      budgets: [],
      votes: [],
    });
    const free = { kind: 'allowed' as const, rule: 'within_free' as const };
    expect(() => newApproval(free, { channel: 'channel', endsAt: AT, effects: [] })).toThrow();
  });

  it('is given by nobody who asked for it or gets it, neither by themselves nor in their name', () => {
    for (const user of ['cleo', 'rita']) {
      expect(voiceFor(asked(), own(user))).toBeUndefined();
      expect(rejectingVoice(asked(), own(user))).toBeUndefined();
      expect(voiceFor(asked(), { user: 'dora', voices: [user] })).toBeUndefined();
      expect(rejectingVoice(asked(), { user: 'dora', voices: [user] })).toBeUndefined();
    }
  });

  it('is given by nobody who is the delegate of who asked for it or gets it, or has named them, nor in their name', () => {
    for (const involved of ['cleo', 'rita']) {
      const ties = { anna: [involved] };
      for (const decider of [
        { ...own('anna'), ties },
        { user: 'dora', voices: ['anna'], ties },
      ]) {
        expect(voiceFor(asked(), decider)).toBeUndefined();
        expect(rejectingVoice(asked(), decider)).toBeUndefined();
        expect(refusalOf(asked(), decider)).toMatchObject({ code: 'delegates_approval' });
      }
      expect(voiceFor(asked(), { user: 'dora', voices: ['anna', 'ben'], ties })).toBe('ben');
    }
  });

  it('is given once by each approver, and by each person', () => {
    expect(voiceFor(asked([['anna', 'anna']]), dora)).toBe('ben');
    expect(voiceFor(asked([['dora', 'anna']]), dora)).toBeUndefined();
    expect(voiceFor(asked([['dora', 'anna']]), own('anna'))).toBeUndefined();
    expect(() => withVote(asked([['anna', 'anna']]), own('anna'), standing, AT)).toThrow();
  });

  it('may be thought better of by who has given it', () => {
    expect(rejectingVoice(asked([['anna', 'anna']]), own('anna'))).toBe('anna');
  });

  it('is complete with as many as were ever asked for, of those who may still approve', () => {
    const first = withVote(asked(), dora, standing, AT);
    expect(first).toMatchObject({ isComplete: false, signature: { by: 'dora', for: 'anna' } });
    const one = { ...asked(), approval: first.approval };
    expect(withVote(one, own('ben'), standing, AT)).toMatchObject({
      isComplete: true,
      signature: { by: 'ben' },
    });
    const lapsed = { ...standing, lapsed: ['anna'] };
    expect(withVote(one, own('ben'), lapsed, AT).isComplete).toBe(false);
    const stricter = withVote(one, own('ben'), { ...standing, wanted: 3 }, AT);
    expect(stricter).toMatchObject({ isComplete: false, approval: { wanted: 3 } });
  });

  it('is signed by who gives it, and for whom', () => {
    expect(signatureOf(dora, 'anna')).toEqual({ by: 'dora', for: 'anna' });
    expect(signatureOf(own('anna'), 'anna')).toEqual({ by: 'anna' });
  });

  it('ends by what has changed for good, and is asked for again where Discord does not tell', () => {
    const refused = { ok: false as const, why: 'policy_refuses' as const, detail: 'brand' };
    expect(endedBy(asked(), refused)).toEqual({
      by: 'cardigan',
      why: 'policy_refuses',
      detail: 'brand',
    });
    for (const why of ['discord_unreachable', 'approvals_lacking'] as const)
      expect(() => endedBy(asked(), { ok: false, why })).toThrow('membership_unknown');
  });

  it('says why it is not for somebody; how it ended is told to who decides', () => {
    const over = new Problem('approval_over', { reference: 'K7Q2M9', how: 'expired' });
    const code = (...how: Parameters<typeof refusalOf>) => refusalOf(...how).code;
    expect(code(asked(), { user: 'zoe' }, over)).toBe('approvers_only');
    expect(code(asked(), own('anna'), over)).toBe('approval_over');
    expect(code(asked(), own('cleo'))).toBe('own_approval');
    expect(code(asked([['anna', 'anna']]), own('anna'))).toBe('approved_by_you');
    expect(code(asked([['dora', 'anna']]), own('anna'))).toBe('approved_by_you');
    expect(code(asked(), { user: 'dora', voices: ['rita'] })).toBe('delegates_approval');
  });

  it('waits since it was asked for last', () => {
    const history = [
      { at: 1, why: 'asked' },
      { at: 2, why: 'approval_asked' },
      { at: 3, why: 'approval_asked' },
      { at: 4, why: 'approved_one' },
    ];
    expect(askedAt({ history })).toBe(3);
    expect(askedAt({ history: [] })).toBe(0);
  });
});
