import { describe, expect, it } from 'vitest';
import { readRecipients } from '../../../src/campaigns/plan/recipients-csv.ts';
import { en } from '../../../src/i18n/en.ts';
import { lineErrorTexts } from '../../../src/views/campaigns/bulk.ts';

const said = (text: string) => lineErrorTexts(readRecipients(text), en);

describe('a file of recipients with errors', () => {
  it('says the line, what is wrong with it, and how to mend it', () => {
    const file = ['member,item', 'ana,steam-5', ',steam-5', '1.75929E+17,x', '"bob,x', 'bob,x,Hi'];
    expect(said(file.join('\n'))).toEqual([
      'Line 3: the member is missing. Start the line with their id or name.',
      'Line 4: "1.75929E+17" looks like an id that a spreadsheet rounded. Format the column as text and paste the ids again, or write <@id>.',
      "Line 5: its quotes don't match. A quoted text has to end with a quote before the next separator; write a quote inside it twice.",
      'Line 6: it has more than 2 columns. If the message contains a separator, put it in quotes.',
    ]);
  });

  it('says so of the file as a whole', () => {
    expect(said('')).toEqual([
      'Line 1: the file has no recipients. Put one member on each line: a member id or name, the item code, and an optional message.',
    ]);
    expect(said('bob,x\n'.repeat(30_000))).toEqual([
      'Line 10,001: the limit is 10,000 recipients, and this file has 30,000. Split it into several files.',
    ]);
    expect(said('id,mesage\n1,Hi')).toEqual([
      'Line 1: unknown column "mesage". The columns are member, item and message: rename it or remove it.',
    ]);
    expect(said('id,name\n1,bob')[0]).toContain('the column member appears twice');
  });

  it('says how many more there are', () => {
    const texts = said(',x\n'.repeat(25));
    expect(texts).toHaveLength(21);
    expect(texts.at(-1)).toBe('… and 5 more.');
  });

  it('lets nothing of the file format, link or ping', () => {
    expect(said('<@&175928847299117063>')[0]).toContain('"\\<\\@&175928847299117063\\>"');
    expect(said('id,**@everyone**\n1')[0]).toContain('"\\*\\*\\@everyone\\*\\*"');
  });
});
