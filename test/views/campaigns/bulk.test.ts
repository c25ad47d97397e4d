import { describe, expect, it } from 'vitest';
import { readRecipients } from '../../../src/campaigns/plan/recipients-csv.ts';
import { en } from '../../../src/i18n/en.ts';
import { lineErrorTexts } from '../../../src/views/campaigns/bulk.ts';

const said = (text: string) => lineErrorTexts(readRecipients(text), en);

describe('a file of recipients with errors', () => {
  it('says the line, what is wrong with it, and how to mend it', () => {
    const file = ['member,item', 'ana,steam-5', ',steam-5', '1.75929E+17,x', '"bob,x', 'bob,x,Hi'];
    expect(said(file.join('\n'))).toEqual([
      'Line 3: no member is named. Write their id or name first.',
      'Line 4: "1.75929E+17" looks like an id that a spreadsheet has rounded. Format the column as text and paste the ids again, or write the id as <@id>.',
      'Line 5: its quotes do not fit. A text in quotes ends with a quote, before the next separator; a quote inside of it is written twice.',
      'Line 6: it has more than 2 columns. Put a message with a separator in it into quotes.',
    ]);
  });

  it('says so of the file as a whole', () => {
    expect(said('')).toEqual([
      'Line 1: nobody is named in this file. Give one member a line: a member id or name, the item code, and a message if you like.',
    ]);
    expect(said('bob,x\n'.repeat(30_000))).toEqual([
      'Line 10,001: this is the first one too many: the file has 30,000 recipients, and 10,000 can be sent cards at once. Split it into several files.',
    ]);
    expect(said('id,mesage\n1,Hi')).toEqual([
      'Line 1: there is no column "mesage". The columns are member, item and message: rename it, or leave it out.',
    ]);
    expect(said('id,name\n1,bob')[0]).toContain('the column member is there twice');
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
