import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, csvRows, separatorOf } from '../../src/lib/csv.ts';

const rowsOf = (text: string, separator?: string) => [...csvRows(text, separator)];
const cellsOf = (text: string, separator?: string) => rowsOf(text, separator).map(({ cells }) => [...cells]);

/** Text of what means something in a CSV file, and of everything else. */
const cell = fc
  .array(fc.oneof(fc.constantFrom('"', ',', ';', '\t', '\r\n', '\n', '\r', ' ', 'ü', '💳'), fc.string()), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const anyText = fc
  .array(fc.oneof(cell, fc.string({ unit: 'binary' })), { maxLength: 12 })
  .map((parts) => parts.join(''));

describe('a CSV text', () => {
  it('is read back as it was written', () => {
    const row = fc.array(cell, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        expect(cellsOf(csv(rows))).toEqual(rows);
      }),
    );
  });

  it('knows the line that each row begins in, whatever is quoted above it', () => {
    const word = fc.constantFrom('a', 'b c', '"', 'one\ntwo', 'one\r\ntwo', 'one\rtwo\r\n', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { minLength: 1 }), (rows) => {
        let line = 1;
        const lines = rows.map((row) => {
          const here = line;
          line += csv([row]).split(/\r\n|\r|\n/).length - 1;
          return here;
        });
        expect(rowsOf(csv(rows)).map((row) => row.line)).toEqual(lines);
      }),
    );
  });

  it('may be any text at all', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(',', ';', '\t'), (text, separator) => {
        const lines = rowsOf(text, separator).map((row) => row.line);
        expect(lines).toEqual([...lines].sort((a, b) => a - b));
        expect(lines.at(-1) ?? 0).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [
      'with any line end',
      'a,b\r\nc,d\ne,f\rg,h',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
    ],
    ['with a line end at its end, or not', 'a,b\n', [['a', 'b']]],
    ['with empty cells and lines', 'a,,\n\n,b', [['a', '', ''], [''], ['', 'b']]],
    ['with a separator at its very end', 'a,', [['a', '']]],
    ['with spaces around quotes', 'a, "b, c" ,d', [['a', 'b, c', 'd']]],
    ['with a quote inside a word', 'the 5" one,b', [['the 5" one', 'b']]],
    ['with nothing in quotes', '"",""', [['', '']]],
  ])('is read %s', (_, text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  it('loses one line to a quote that is never closed', () => {
    expect(rowsOf('a,b\nc,"d\ne,f\ng,h')).toEqual([
      { line: 1, cells: ['a', 'b'], isBroken: false },
      { line: 2, cells: ['c'], isBroken: true },
      { line: 3, cells: ['e', 'f'], isBroken: false },
      { line: 4, cells: ['g', 'h'], isBroken: false },
    ]);
  });

  it('loses no other line to text after a closing quote', () => {
    expect(rowsOf('"a" b,c\nd,"e\nf,"g"\n"h\n",i')).toEqual([
      { line: 1, cells: [], isBroken: true },
      { line: 2, cells: ['d'], isBroken: true },
      { line: 3, cells: ['f', 'g'], isBroken: false },
      { line: 4, cells: ['h\n', 'i'], isBroken: false },
    ]);
  });

  it.each([
    [',', 'member,item;message'],
    [';', '\n\nmember;item,message'],
    ['\t', 'member\titem'],
    [';', '"Smith, Bob";steam'],
    [';', '"a ""b"", c";steam'],
    [',', 'member'],
    [',', ''],
  ])('has "%s" between its cells: %j', (separator, text) => {
    expect(separatorOf(text)).toBe(separator);
  });

  it('may be one long cell, or have a quote in each line', () => {
    const long = 'x'.repeat(5_000_000);
    expect(cellsOf(`"${long}"`)).toEqual([[long]]);
    expect(rowsOf(`"${long}`)[0]?.isBroken).toBe(true);
    expect(separatorOf(`"${long};`)).toBe(',');
    for (const line of ['"\n', '"""\n', '"a""\n', ',"\n', '""\n', '" "x\n']) {
      const rows = rowsOf(line.repeat(200_000));
      expect(rows.length).toBeGreaterThan(0);
    }
  });
});
