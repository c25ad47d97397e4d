import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Guide } from '../../../src/brands/index.ts';
import { en } from '../../../src/i18n/en.ts';
import { moneyText } from '../../../src/lib/money.ts';
import type { Remote } from '../../../src/orders/model/order.ts';
import type { Code } from '../../../src/orders/model/raw-answer.ts';
import type { View } from '../../../src/views/kit/message.ts';
import { plain } from '../../../src/views/kit/text.ts';
import { cardsFile, parcelViews, revealViews } from '../../../src/views/orders/codes.ts';
import { readCsv } from '../read-csv.ts';
import { ALICE, codes, order, remote, usd } from '../samples.ts';
import { checkLimits, seen, texts } from '../seen.ts';

const numbersOf = (cards: readonly Code[]) => cards.map((_, index) => index + 1);
const parcel = (cards: readonly Code[], number = 0) =>
  parcelViews({ order: order(), number, recipient: ALICE, codes: cards, mayBeOut: false }, en);
const reveal = (cards: readonly Code[], gone = 0, remote?: Remote) =>
  revealViews(
    {
      ...{ order: order(remote && { remote }), recipient: ALICE, codes: cards, gone },
      numbers: numbersOf(cards),
    },
    en,
  );

const card = (text: string, metadata: Code['metadata'] = []): Code => ({
  code: text,
  faceValue: usd('5'),
  metadata,
});
const many = (count: number, metadata: Code['metadata'] = []) =>
  Array.from({ length: count }, (_, index) => card(`CODE-${1000 + index}`, metadata));

const all = (views: readonly View[]) => views.map(seen).join('\n---\n');
const fileOf = (views: readonly View[]) => views[0]?.files?.[0];

/** What stands in fences, and what in code spans, over all messages. */
const blocks = (views: readonly View[]) => [...all(views).matchAll(/```\n(.*)\n```/g)].map(([, inside]) => inside);
const spans = (views: readonly View[]) =>
  views
    .flatMap((view) => texts(view).slice(1)) // the reference beside the title is in a span, too
    .flatMap((text) => [...text.matchAll(/(?<![\\`])`([^`\n]+)`(?!`)/g)].map(([, inside]) => inside));

describe('a gift', () => {
  const gift = order({ gift: { receipt: 'private', message: '*'.repeat(300) } });
  const sent = (guide: Guide, cards: readonly Code[]) =>
    parcelViews({ order: gift, number: 0, recipient: ALICE, codes: cards, mayBeOut: false }, en, guide);
  const step = '*'.repeat(150);
  const longest = { steps: Array.from({ length: 6 }, () => step), url: 'https://example.com/redeem', trouble: step };
  const pins = Array.from({ length: 12 }, (_, at) => ({ name: `Pin ${at}`, value: 'P'.repeat(100) }));

  it('comes with how to redeem it, and without where a guide has no room beside a long code', () => {
    const usual = sent(longest, [card('CODE-1')]);
    const long = sent(longest, [card('CODE-1', pins)]);
    for (const view of [...usual, ...long]) checkLimits(view);
    expect(all(usual)).toContain('How to redeem');
    expect(all(long)).not.toContain('How to redeem');
    expect(blocks(long)).toEqual(['CODE-1']);
  });
});

describe('a parcel', () => {
  it('shows each code in a block of its own, with its face value and PIN, and the reference', () => {
    const pin = [
      { name: 'Pin', value: '7694269' },
      { name: 'Expiry', value: '2027-01-31' },
    ];
    expect(all(parcel([card('XXXX-1111', pin), card('YYYY-2222')]))).toMatchInlineSnapshot(`
      "**Your gift cards: 2 × Google Play 5 USD**
      -# K7Q2M9
      Card 1 · $5.00 · Pin \`7694269\` · Expiry \`2027-01-31\`
      \`\`\`
      XXXX-1111
      \`\`\`
      Card 2 · $5.00
      \`\`\`
      YYYY-2222
      \`\`\`
      Keep codes private: anyone who has one can spend it.
      [A code doesn't work] case.report:01K7Q2M900000000"
    `);
  });

  it('shows metadata that has no name, or no value', () => {
    const odd = [
      { name: '', value: 'scratch *here*' },
      { name: 'Note_1', value: '' },
    ];
    expect(all(parcel([card('XXXX-1111', odd)]))).toContain('Card 1 · $5.00 · `scratch *here*` · Note\\_1\n');
  });

  it('of ten cards comes in messages, of eleven as a file', () => {
    expect(blocks(parcel(many(10)))).toHaveLength(10);
    expect(fileOf(parcel(many(10)))).toBeUndefined();
    expect(all(parcel(many(11), 2))).toMatchInlineSnapshot(`
      "**Your gift cards: 2 × Google Play 5 USD**
      -# K7Q2M9
      All 11 codes are in the attached file. Open it as text: spreadsheets can change long numbers.
      (attachment://cards-K7Q2M9-3.csv)
      Keep codes private: anyone who has one can spend it.
      [A code doesn't work] case.report:01K7Q2M900000000"
    `);
    expect(fileOf(parcel(many(11), 2))?.name).toBe('cards-K7Q2M9-3.csv');
  });

  it('too long for one message comes in numbered parts', () => {
    const views = parcel(many(10, [{ name: 'Terms', value: 'x'.repeat(700) }]));
    expect(views.length).toBeGreaterThan(1);
    expect(seen(views[0] as View)).toContain(`Part 1 of ${views.length}`);
    expect(blocks(views)).toEqual(many(10).map(({ code }) => code));
  });

  it.each(['A`B', 'A\nB', 'A\tB', '```', 'X'.repeat(2000)])(
    'with a code that a message cannot show exactly comes as a file: %j',
    (text) => {
      const views = parcel([card(text)]);
      expect(seen(views[0] as View)).toContain('The code is in the attached file.');
      expect(readCsv(fileOf(views)?.text ?? '')[1]?.[1]).toBe(text);
    },
  );

  it('reveals the same codes, and says that only the reader sees them', () => {
    expect(all(reveal([card('XXXX-1111')]))).toMatchInlineSnapshot(`
      "**Your codes: 2 × Google Play 5 USD**
      -# K7Q2M9
      Card 1 · $5.00
      \`\`\`
      XXXX-1111
      \`\`\`
      Only you can see this message. Keep codes private: anyone who has one can spend it.
      [A code doesn't work] case.report:01K7Q2M900000000"
    `);
    expect(fileOf(reveal(many(11)))?.name).toBe('cards-K7Q2M9.csv');
  });

  it('says what to do where a card asks for a PIN that CardPlusPay does not show', () => {
    const cards = [card('XXXX-1111', [{ name: 'Pin', value: '1' }]), card('YYYY-2222')];
    const late = cards.map((each, index): Code => {
      return index === 0 ? each : { ...each, lacks: 'never_shown' };
    });
    const shown = reveal(late, 0, remote);
    expect(all(shown)).toMatchInlineSnapshot(`
      "**Your codes: 2 × Google Play 5 USD**
      -# K7Q2M9
      Card 1 · $5.00 · Pin \`1\`
      \`\`\`
      XXXX-1111
      \`\`\`
      Card 2 · $5.00
      \`\`\`
      YYYY-2222
      \`\`\`
      CardPlusPay delivered some of these codes late, and late codes come without a PIN. If a card asks for one, ask whoever runs Cardigan and name CardPlusPay order ORD-2026-001.
      Only you can see this message. Keep codes private: anyone who has one can spend it.
      [A code doesn't work] case.report:01K7Q2M900000000"
    `);
    const bought = { order: order({ remote }), number: 0, recipient: ALICE, mayBeOut: false };
    expect(all(parcelViews({ ...bought, codes: late }, en))).toContain('without a PIN');
    expect(all(reveal(cards, 0, remote))).not.toContain('without a PIN');
  });

  it('says what CardPlusPay does not show any more, once codes are no longer kept', () => {
    const bare: Code = { ...card('XXXX-1111'), lacks: 'not_kept' };
    const views = reveal([bare], 1, remote);
    views.forEach(checkLimits);
    expect(all(views)).toMatchInlineSnapshot(`
      "**Your codes: 2 × Google Play 5 USD**
      -# K7Q2M9
      Card 1 · $5.00
      \`\`\`
      XXXX-1111
      \`\`\`
      CardPlusPay no longer shows 1 of your codes. Look for it in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ORD-2026-001.
      Some of these cards came with more than a code, such as a PIN. That is no longer stored here, and CardPlusPay doesn't show it again. Look for it in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ORD-2026-001.
      Only you can see this message. Keep codes private: anyone who has one can spend it.
      [A code doesn't work] case.report:01K7Q2M900000000"
    `);
  });

  it('says which of them came with another order as well, in the message and in a reveal', () => {
    const cards = [card('XXXX-1111'), card('YYYY-2222')];
    const inTwo = [
      { fingerprint: 'a', recipient: ALICE, parcel: 0 },
      { fingerprint: 'b', recipient: ALICE, parcel: 0, alsoIn: 'K7Q2M9' },
    ];
    const bought = { order: order({ remote, cards: inTwo }), recipient: ALICE, codes: cards };
    const said = 'CardPlusPay also gave the code of card 2 to another order, so it may already be used.';
    expect(all(parcelViews({ ...bought, number: 0, mayBeOut: false }, en))).toContain(said);
    expect(all(revealViews({ ...bought, numbers: [1, 2], gone: 0 }, en))).toContain(said);
    expect(all(revealViews({ ...bought, codes: cards.slice(0, 1), numbers: [1], gone: 0 }, en))).not.toContain(
      'another order',
    );
  });

  it('fits into messages with all that is to be said beside the codes', () => {
    const odd = { ...remote, orderNo: '*'.repeat(500) };
    const cards = many(10).map((each, index): Code => {
      const lacks = index === 0 ? 'not_kept' : 'never_shown';
      return { ...each, code: `${each.code}-${'x'.repeat(700)}`, lacks };
    });
    const views = reveal(cards, 90, odd);
    views.forEach(checkLimits);
    expect(blocks(views)).toEqual(cards.map(({ code }) => code));
    expect(views.length).toBeGreaterThan(2);
  });

  it('carries every code and every metadata entry exactly once, whatever is in them', () => {
    fc.assert(
      fc.property(codes(12), (cards) => {
        for (const views of [parcel(cards), reveal(cards)]) {
          views.forEach(checkLimits);
          const file = fileOf(views);
          if (file) expectSameCards(file.text, cards);
          else {
            expect(blocks(views)).toEqual(cards.map(({ code }) => code));
            const values = cards.flatMap(({ metadata }) => metadata.map(({ value }) => value));
            expect(spans(views)).toEqual(values.filter((value) => value !== ''));
            for (const { name } of cards.flatMap(({ metadata }) => metadata)) expect(all(views)).toContain(plain(name));
          }
          expect(all(file ? views : [])).not.toMatch(/CODE|```/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of every size up to a hundred ordinary cards loses none and repeats none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (count) => {
        const views = parcel(many(count, [{ name: 'Pin', value: '0042' }]));
        const file = fileOf(views);
        const found = file
          ? readCsv(file.text)
              .slice(1)
              .map(([, code]) => code)
          : blocks(views);
        expect(found).toEqual(many(count).map(({ code }) => code));
      }),
    );
  });
});

describe('the file of cards', () => {
  it('is CSV with a column for each kind of metadata that any card has', () => {
    const cards = [
      card('A,1', [{ name: 'Pin', value: '007' }]),
      {
        code: 'B"2',
        metadata: [
          { name: 'Expiry', value: '2027' },
          { name: 'Pin', value: '1\n2' },
        ],
      },
    ];
    expect(cardsFile(cards, numbersOf(cards), en)).toBe(
      'number,code,face value,Pin,Expiry\r\n1,"A,1",5.00 USD,007,\r\n2,"B""2",,"1\n2",2027\r\n',
    );
  });

  it('keeps two entries of one name apart', () => {
    const twice = [
      { name: 'Pin', value: '1' },
      { name: 'Pin', value: '2' },
    ];
    expect(readCsv(cardsFile([card('A', twice)], [1], en))).toEqual([
      ['number', 'code', 'face value', 'Pin', 'Pin'],
      ['1', 'A', '5.00 USD', '1', '2'],
    ]);
  });

  it('reads back as exactly what was bought', () => {
    fc.assert(fc.property(codes(30), (cards) => expectSameCards(cardsFile(cards, numbersOf(cards), en), cards)));
  });
});

function expectSameCards(text: string, cards: readonly Code[]): void {
  const [header = [], ...rows] = readCsv(text);
  expect(rows.every((row) => row.length === header.length)).toBe(true);
  const found = rows.map(([number, code, face, ...extras]) => ({
    number,
    code,
    face,
    metadata: sorted(extras.map((value, index) => ({ name: header[index + 3] ?? '', value }))),
  }));
  expect(found).toEqual(
    cards.map(({ code, faceValue, metadata }, index) => ({
      number: String(index + 1),
      code,
      face: faceValue ? moneyText(faceValue) : '',
      metadata: sorted(metadata),
    })),
  );
}

/** By name, keeping the order of entries of one name; what has no value has no place in a file. */
function sorted(metadata: Code['metadata']): Code['metadata'] {
  return metadata.filter(({ value }) => value !== '').sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}
