import { describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { useDemo } from './use-demo.ts';
import type { Visit } from './visit.ts';

const chromium = findChromium();
const item = 'Google Play US 5 USD';

describe.skipIf(chromium === '')('rewards in a browser', () => {
  let there: Visit;
  useDemo(chromium, (visit) => {
    there = visit;
  });

  const said = (words: string | RegExp) => there.log.getByText(words).last().waitFor();

  it('lets members claim the cards of a drop, one each, and tells who comes too late', async () => {
    await there.be('Ada');
    await there.fill('reward drop', { item, cards: '2' });
    await there.press('Confirm $9.80');
    await said('0 of 2 claimed');
    for (const name of ['Bob', 'Cleo']) {
      await there.be(name);
      await there.press('Claim a card');
      await said('Keep codes private');
    }
    await there.be('Alice');
    await said('All claimed');
    const open = { name: 'Claim a card', disabled: false };
    expect(await there.log.getByRole('button', open).count()).toBe(0);
    expect(await there.log.getByText('Keep codes private').count()).toBe(0);
  });

  it('sends a card to each member that a file names', async () => {
    await there.be('Ada');
    const file = new File(['member,message\nbob,Well done\ncleo,Thank you\n'], 'winners.csv', {
      type: 'text/csv',
    });
    await there.fill('reward bulk', { item, file });
    await there.press('Confirm $9.80');
    await said('Ready to reveal: 2');
    await there.be('Cleo');
    await there.press('Reveal my code');
    await said('Thank you');
    expect(await there.log.getByText('Well done').count()).toBe(0);
  });

  it('takes entries for a giveaway, and shows what fixes its draw', async () => {
    await there.be('Ada');
    await there.fill('reward giveaway', { item, winners: '1', ends: '2 hours' });
    await there.press('Confirm $4.90');
    await said('Fair draw');
    await there.be('Bob');
    await there.press('Enter');
    await said(/You're in/);
    await said('Entries: 1');
  });
});
