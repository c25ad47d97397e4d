import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecipientLine, readRecipients } from '../../../src/campaigns/plan/recipients-csv.ts';
import { csv } from '../../../src/lib/csv.ts';

const ID = '175928847299117063';
const bob = { kind: 'name', value: 'bob' } as const;
const problemsOf = (text: string) => readRecipients(text).errors.map(({ line, problem }) => [line, problem]);

describe('a file of recipients', () => {
  it('needs no heading: member, item, message', () => {
    expect(readRecipients(`${ID},steam-5,Well done\n@bob\nana,,"Thanks, Ana"\n`)).toEqual({
      lines: [
        { line: 1, who: { kind: 'id', value: ID }, item: 'steam-5', message: 'Well done' },
        { line: 2, who: bob },
        { line: 3, who: { kind: 'name', value: 'ana' }, message: 'Thanks, Ana' },
      ],
      errors: [],
      errorCount: 0,
    });
  });

  it.each(['member', 'user', 'Who', 'ID', ' NAME '])(
    'may have a heading that begins with "%s", with the columns in any order',
    (heading) => {
      expect(readRecipients(`${heading},Message,ITEM\nbob,Hi,steam-5`).lines).toEqual([
        { line: 2, who: bob, item: 'steam-5', message: 'Hi' },
      ]);
    },
  );

  it.each([
    ...[
      'User ID',
      'user_id',
      'UserID',
      'Discord',
      'Discord ID',
      'discord_id',
      'Discord username',
      'Username',
      'Nickname',
    ],
    ...['Display-Name', '\u200bid', '="member"', '"name "'],
  ])('may have the heading %j for its members', (heading) => {
    expect(readRecipients(`${heading},Item code,Note\nbob,steam-5,Hi`).lines).toEqual([
      { line: 2, who: bob, item: 'steam-5', message: 'Hi' },
    ]);
  });

  it('may have its members in any column of a heading', () => {
    const wanted = [{ line: 2, who: bob, item: 'steam-5', message: 'Hi' }];
    expect(readRecipients('item,note,user\nsteam-5,Hi,bob').lines).toEqual(wanted);
    expect(problemsOf('Timestamp,Discord ID\n2026-11-27,bob')).toEqual([[1, 'unknown_column']]);
  });

  it.each([';', ',', '\t', '|'])('may name its separator in the first line: sep=%s', (sep) => {
    for (const first of [`sep=${sep}`, `"sep=${sep}"`, `SEP=${sep}${sep}${sep}`, `\uFEFFsep=${sep}`]) {
      const text = `${first}\r\nbob${sep}steam-5${sep}"One, two; three"\r\n,,\r\n${sep}x\r\n`;
      expect(readRecipients(text).lines[0]).toEqual({
        line: 2,
        who: bob,
        item: 'steam-5',
        message: 'One, two; three',
      });
      expect(problemsOf(text).at(-1)).toEqual([4, 'who_missing']);
    }
    expect(problemsOf(`sep=${sep}\n`)).toEqual([[1, 'file_empty']]);
  });

  it('takes ="…" for the text in it', () => {
    const wanted = [{ line: 1, who: { kind: 'id', value: ID }, item: 'steam-5', message: 'Hi, "Bob"' }];
    expect(readRecipients(`="${ID}",="steam-5",="Hi, ""Bob"""`).lines).toEqual(wanted);
    expect(readRecipients(`"=""${ID}""",steam-5,"Hi, ""Bob"""`).lines).toEqual(wanted);
  });

  it('has no use for what cannot be seen', () => {
    const text = `\u200b${ID}\u200b,\u2060steam-5\uFEFF,\u200b\n\u200b,\u200d\n\uFEFFbo\u200bb,,Hi\u00a0you\u200b\n`;
    expect(readRecipients(text)).toEqual({
      lines: [
        { line: 1, who: { kind: 'id', value: ID }, item: 'steam-5' },
        { line: 3, who: bob, message: 'Hi you' },
      ],
      errors: [],
      errorCount: 0,
    });
    expect(problemsOf('\u200b,steam-5')).toEqual([[1, 'who_missing']]);
  });

  it('may come out of any spreadsheet', () => {
    const wanted = [{ line: 2, who: bob, item: 'steam-5', message: 'Schöne Grüße' }];
    for (const separator of [',', ';', '\t']) {
      for (const end of ['\r\n', '\n', '\r']) {
        const text = [
          ['member', 'item', 'message'],
          ['bob', 'steam-5', 'Schöne Grüße'],
          ['', '', ''],
        ]
          .map((row) => row.join(separator))
          .join(end);
        expect(readRecipients(`\uFEFF${text}`)).toMatchObject({ lines: wanted, errors: [] });
      }
    }
  });

  it.each([
    [ID, 'id', ID],
    [`<@${ID}>`, 'id', ID],
    [`<@!${ID}>`, 'id', ID],
    [`'${ID}`, 'id', ID],
    ['bob', 'name', 'bob'],
    ['@bob', 'name', 'bob'],
    ["'@bob", 'name', 'bob'],
    ["'til noon", 'name', "'til noon"],
    ['  Jörg Müller ', 'name', 'Jörg Müller'],
    ['\u2068@bob\u2069', 'name', 'bob'],
    ['1234', 'name', '1234'],
    ['3e8', 'name', '3e8'],
    [`@${ID}`, 'id', ID],
    [`https://discord.com/users/${ID}`, 'id', ID],
    [`${ID}.0`, 'id', ID],
    [`"${ID},00"`, 'id', ID],
    ['"175,928,847,299,117,063"', 'id', ID],
    ['175.928.847.299.117.063', 'id', ID],
    ['<@175928847299117000>', 'id', '175928847299117000'],
    ['Jo\u0308rg', 'name', 'J\u00f6rg'],
    ['bob#0', 'name', 'bob'],
    ['bob#1234', 'name', 'bob#1234'],
    ['👨‍👩‍👧 fam', 'name', '👨‍👩‍👧 fam'],
    ['🐙'.repeat(32), 'name', '🐙'.repeat(32)],
  ])('names a member as %j', (cell, kind, value) => {
    expect(readRecipients(cell).lines).toEqual([{ line: 1, who: { kind, value } }]);
  });

  it('says the lines of what it cannot use, and reads the others', () => {
    const text = [
      'member,item,message',
      'ana,steam-5',
      ',steam-5,for nobody',
      '1.75929E+17,steam-5',
      '<@&175928847299117063>,steam-5',
      `${'x'.repeat(33)},steam-5`,
      'bob,steam-5,"two',
      'bob,steam-5,"one" two',
      'bob,steam-5,Hello, Bob',
      'bob,steam-5,Sch\uFFFDne Gr\uFFFD\uFFFDe',
      'b\u0000o\u0000b\u0000,steam-5',
      `bob,steam-5,${'x'.repeat(201)}`,
      '@,steam-5',
      '',
      'zoe,steam-5',
    ].join('\n');
    expect(problemsOf(text)).toEqual([
      [3, 'who_missing'],
      [4, 'id_rounded'],
      [5, 'who_unclear'],
      [6, 'who_unclear'],
      [7, 'quotes_unclear'],
      [8, 'quotes_unclear'],
      [9, 'too_many_cells'],
      [10, 'unreadable_text'],
      [11, 'unreadable_text'],
      [12, 'message_too_long'],
      [13, 'who_missing'],
    ]);
    const { lines, errors } = readRecipients(text);
    expect(lines.map(({ line }) => line)).toEqual([2, 15]);
    expect(errors.at(-2)?.params).toEqual({ length: 201, most: 200 });
  });

  it.each([
    ...['2.0e17', '1.75929E+17', '"1,75928847299117E+17"', '1.75928847299117E+017', '1.7592884729911706e+17'],
    ...['175928847299117000', '175928847299117000.0', '"175,928,847,299,117,000"', '175928847299117056.0'],
  ])('says of %s that a spreadsheet may have rounded it, and where', (cell) => {
    expect(problemsOf(`id,item\nana,x\n${cell},x`)).toEqual([[3, 'id_rounded']]);
  });

  it('reads an id that a spreadsheet wrote, in whatever way, or refuses it, and never takes it for another one', () => {
    const id = fc.bigInt({ min: 10n ** 16n, max: 2n ** 63n }).map(String);
    const ways: readonly ((id: string) => string)[] = [
      (text) => text,
      (text) => `${text}.0`,
      (text) => `${text},00`,
      (text) => `="${text}"`,
      (text) => `'${text}`,
      (text) => ` ${text}\u200b`,
      (text) => BigInt(text).toLocaleString('en'),
      (text) => BigInt(text).toLocaleString('de'),
      (text) => BigInt(text).toLocaleString('fr'),
      // What keeps fifteen digits, or takes it for a number as a program does.
      (text) =>
        String(
          BigInt(Number(text).toPrecision(15).replace(/e.*/, '').replace('.', '')) * 10n ** BigInt(text.length - 15),
        ),
      (text) => Number(text).toExponential(),
      (text) => Number(text).toPrecision(6).toUpperCase(),
      (text) => `${BigInt(Number(text))}.0`,
    ];
    fc.assert(
      fc.property(id, fc.constantFrom(...ways), (text, way) => {
        const { lines, errors } = readRecipients(
          csv([
            ['member', 'item'],
            [way(text), 'steam-5'],
          ]),
        );
        const [line] = lines;
        if (line) expect(line.who).toEqual({ kind: 'id', value: text });
        else expect(errors.map(({ line: at, problem }) => [at, problem])).toEqual([[2, 'id_rounded']]);
      }),
      { numRuns: 3000 },
    );
  });

  it('tells a column that was rounded from ids that end so by themselves', () => {
    const sure = Array.from({ length: 60 }, (_, at) => `17592884729${String(9117063 + at * 7)}`);
    const mixed = readRecipients(['175928847299117000', ...sure].join('\n'));
    expect(mixed.errors).toEqual([]);
    expect(mixed.lines[0]?.who).toEqual({ kind: 'id', value: '175928847299117000', mayBeRounded: true });
    const rounded = sure.map((id) => `${id.slice(0, 15)}000`);
    expect(readRecipients(rounded.join('\n'))).toMatchObject({ lines: [], errorCount: 60 });
    // Those that were pasted as text stay as they were.
    const some = readRecipients([...rounded.slice(0, 40), ...sure.slice(0, 20)].join('\n'));
    expect([some.lines.length, some.errorCount]).toEqual([20, 40]);
  });

  it('takes a message as long as /reward send does', () => {
    expect(readRecipients(`bob,,${'x'.repeat(200)}`).errors).toEqual([]);
  });

  it.each([
    ['a column that nobody knows', 'member,item,mesage\nbob,steam-5,Hi', 'unknown_column'],
    ['a column twice', 'id,name,item\n1,bob,steam-5', 'column_twice'],
    ['a heading that is not closed', 'member,"item\nbob,steam-5', 'quotes_unclear'],
  ])('is not used with %s: a message could be lost', (_, text, problem) => {
    expect(readRecipients(text).lines).toEqual([]);
    expect(problemsOf(text)).toEqual([[1, problem]]);
  });

  it.each(['', '\uFEFF', '\n \n', ',,\n,,', 'member', 'member,item,message\n', 'id\n,,\n'])(
    'has to name somebody: %j does not',
    (text) => {
      expect(readRecipients(text).errors.map(({ problem }) => problem)).toEqual(['file_empty']);
    },
  );

  it('knows its lines below a message of several lines', () => {
    const text = 'member,item,message\r\nana,a,"one\r\ntwo\r\nthree"\r\n\r\nbob,b\r\n,c\r\n';
    const { lines } = readRecipients(text);
    expect(lines.map(({ line }) => line)).toEqual([2, 6]);
    expect(lines[0]?.message).toBe('one\r\ntwo\r\nthree');
    expect(problemsOf(text)).toEqual([[7, 'who_missing']]);
  });

  it('says of 30,000 lines that they are too many, and nothing else', () => {
    const bad = readRecipients(`member,item\n${',steam-5\n'.repeat(15_000)}${'bob,x\n'.repeat(15_000)}`);
    expect(bad).toEqual({
      lines: [],
      errors: [{ line: 10_002, problem: 'too_many_lines', params: { count: 30_000, most: 10_000 } }],
      errorCount: 1,
    });
    expect(readRecipients('bob,x\n'.repeat(10_000)).lines).toHaveLength(10_000);
    expect(readRecipients('bob,x\n'.repeat(10_001)).errors).toHaveLength(1);
  });

  it('says the first twenty of many errors, and how many there are', () => {
    const { errors, errorCount, lines } = readRecipients(`${',x\n'.repeat(500)}bob,x`);
    expect(errors.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(errorCount).toBe(500);
    expect(lines).toHaveLength(1);
  });

  it('is read back as it was written', () => {
    const text = (maxLength: number) =>
      fc
        .array(fc.constantFrom('"', ',', ';', '\n', '\r\n', 'ä', 'ß', '💳', 'word', ' '), {
          maxLength,
        })
        .map((parts) => parts.join('').trim());
    const name = text(6)
      .map((each) => each.replaceAll(/[\r\n]/g, ''))
      .map((each) => `n${each}`);
    const recipient = fc.record({ name, item: fc.constantFrom('', 'steam-5'), message: text(30) });
    fc.assert(
      fc.property(fc.array(recipient, { minLength: 1 }), (people) => {
        const rows = people.map(({ name: who, item, message }) => [who, item, message]);
        const read = readRecipients(csv([['member', 'item', 'message'], ...rows]));
        expect(read.errors).toEqual([]);
        const said = ({ who, item = '', message = '' }: RecipientLine) => [who.value, item, message];
        expect(read.lines.map(said)).toEqual(rows);
      }),
    );
  });

  it('may be any text at all', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('member', ',', '"', '\n', '\r', ';', '\uD800', '<@', ID, '>'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { lines, errors, errorCount } = readRecipients(parts.join(''));
        expect(lines.length + errors.length).toBeGreaterThan(0);
        expect(errorCount).toBeGreaterThanOrEqual(errors.length);
        for (const { who, message } of lines) {
          expect(who.value).not.toMatch(/^$|\p{Cc}/u);
          expect((message ?? '').length).toBeLessThanOrEqual(200);
          expect(who.value.isWellFormed() && (message ?? '').isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
