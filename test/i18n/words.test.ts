import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { wordsFor } from '../../src/i18n/index.ts';
import { statuses } from '../../src/orders/model/order.ts';
import { reasons } from '../../src/orders/model/reasons.ts';

const usd = { amount: '1', currency: 'USD' };
/** Stands for any parameter that any text has. */
const anything = {
  ...usd,
  ...{ charged: usd, balance: usd, cap: usd, left: usd, item: 'x', text: 'x', detail: 'x' },
  ...{ quantity: 2, highest: 100, seconds: 3, reference: 'K7Q2M9', status: 'quoted' },
  ...{ why: 'asked', number: 1042, rule: 'tier', over: '1', approvals: 2, kind: 'guild' },
  ...{ count: 2, most: 2, length: 201, column: 'x' },
  ...{ problem: 'x', megabytes: 2, members: 2, products: 2, total: 2 },
  refusals: [{ rule: 'too_many_cards', most: 2 }],
  lacks: ['view'],
  lacking: [{ rule: 'role', role: 'x' }],
  toString: () => 'x',
};
type Anything = (...parameters: unknown[]) => string | readonly string[];

/** Every text with the way to it, such as "order.next.failed". */
function textsIn(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const here = path ? `${path}.${name}` : name;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'object') return textsIn(value, here);
    // What is wrong, and what mends it, are two texts.
    return [[here, [(value as Anything)(...Array(4).fill(anything))].flat().join(' ')]];
  });
}
const all = textsIn(en);

const sentences = [
  /^(problems|order\.next|order\.failures|order\.refusals)\./,
  /^delegates\.(changed|\w+Next|nobodyForYou|youDecideFor|youForNobody)$/,
  /^cases\.(cardHint|saidHint|solvedHint|reportedNext|keepCode|wordNext\.\w+|next|none|noneNext|listNext|yours)$/,
  /^approvals\.(none|noneNext|next|alreadyYours)$/,
  /^order\.(delivered|revealed|dmClosed|dmFailed|dmRetried|dmWithheld|onTheirWay|missing|chargedMore|nobodyApproved|policyRefuses|requesterLeft|askedElsewhere|askedIn)$/,
  /^approval\.(next|requesterLeft|policyRefuses|rejectedNext|decided\.expired)$/,
  /^(catalog|orders|stock|quote|progress\.\w+)\.(next|none|noneNext|loading|loadingNext|outNext|pickHint)$/,
  /^quote\.(needsApproval|needsBecause|roseAsk|roseTitle|roseNext)$|^parcel\.(attached|keepSecret|onlyYou|sentAgain|shownLater|notKept|gone)$|^record\.(next|purged)$|^resend\.(asks|done|notDone)Next$|^incident$/,
  /^settings\.(hints\.\w+|troubles\.\w+\.\w+|next|clear|unheld|nobody\w+|oneApproves|broken\.(next|budgetsNext|mended))$/,
  /^admin\.\w+\.(next|resumedNext|listMore|emptyNext|nobody|unclear|byHand|done)|^admin\.\w+\.why\./,
  /^admin\.review\.(movedOn|empty$|ask\.\w+Next)|^order\.reviewedNone$/,
];
const isSentence = (path: string) => sentences.some((each) => each.test(path));

describe('the words', () => {
  it('are there for every problem, status, reason and refusal', () => {
    expect(Object.keys(en.orders.state).sort()).toEqual([...statuses].sort());
    expect(Object.keys(en.order.titles).sort()).toEqual([...statuses].sort());
    expect(Object.keys(en.orders.reasons).sort()).toEqual([...reasons].sort());
    const toldElsewhere = ['failed', 'bought', 'held', 'delivered'];
    expect(Object.keys(en.order.next).sort()).toEqual(
      statuses.filter((status) => !toldElsewhere.includes(status)).sort(),
    );
  });

  it('are sentences that begin and end as such, line by line', () => {
    const lines = all.filter(([path]) => isSentence(path)).flatMap(([, text]) => text.split('\n'));
    expect(lines.length).toBeGreaterThan(80);
    expect(lines.filter((line) => !/^["@\p{Lu}\d].*\.$/u.test(line))).toEqual([]);
  });

  it('say of a problem what happened on one line, and what it means and what to do on the next', () => {
    const money =
      'Nothing (was bought|was changed|new was charged|was planned or charged|was charged to you|is lost)|This press changed nothing|Thank you for';
    const two = new RegExp(`^\\S.+\\.\\n(${money})\\b.*\\. \\S.+\\.$`);
    const problems = textsIn(en.problems);
    expect(problems.length).toBe(Object.keys(en.problems).length);
    expect(problems.filter(([, text]) => !two.test(text))).toEqual([]);
  });

  it('say of an order that failed why, that nothing was bought, and what to do', () => {
    const failures = [...textsIn(en.order.failures), ...textsIn(en.order.refusals)];
    expect(failures.length).toBeGreaterThan(10);
    expect(failures.filter(([, text]) => !/^.+\. Nothing was bought\. .+\.$/.test(text))).toEqual([]);
  });

  it('are plain: no exclamation, no joke, no blame, one kind of apostrophe', () => {
    const not = /!|oops|sorry|invalid|illegal|(?<!go |goes |went )wrong|you forgot|[‘’]|^\s|\s$/i;
    expect(all.filter(([, text]) => not.test(text))).toEqual([]);
  });

  it('are spelled as the British do', () => {
    const american = /canceled|color|favorite|authorize|recognize|center\b/i;
    expect(all.filter(([, text]) => american.test(text))).toEqual([]);
  });
});

describe('a language', () => {
  it('is English for every locale that has no words of its own', () => {
    expect(wordsFor('en-GB')).toBe(en);
    expect(wordsFor('de')).toBe(en);
    expect(wordsFor('')).toBe(en);
  });
});
