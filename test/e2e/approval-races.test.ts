import { describe, expect, it } from 'vitest';
import { asked, card, dmWith, pressOn, publicIn, refusal, reject } from './approving.ts';
import { setRecipient } from './past-the-bot.ts';
import { eventually, purchases, referenceOf, startTown } from './town.ts';

describe('an approval and a cancel at the same moment', () => {
  it('end in one of the two: bought once, or not at all, as the card says', async () => {
    const town = await startTown();
    const { wanted } = await asked(town);
    await Promise.all([pressOn(town.ada.here, wanted, 'Approve'), pressOn(town.bob.here, wanted, 'Cancel')]);
    const decided = await eventually(
      () => publicIn(town).find(({ text }) => /(Approved|Purchased|Delivered|Cancelled):/.test(text)),
      () => `a decision among:\n${publicIn(town).map(({ text }) => text)}`,
    );
    expect(decided.id).toBe(wanted.id);
    // An approval that came first may still be cancelled before it is sent; then nothing is bought.
    await eventually(
      () =>
        town.bob.dms().some(({ text }) => text.includes('Your gift card')) ||
        publicIn(town).some(({ text }) => text.includes('Cancelled:')) ||
        town.bob.dms().some(({ text }) => text.includes('Cancelled:')),
      () => `an end among:\n${town.bob.dms().map(({ text }) => text)}`,
    );
    const bought = town.bob.dms().filter(({ text }) => text.includes('Your gift card')).length;
    expect(purchases(town)).toBe(bought);
  });
});

describe('an approver who is to get the cards', () => {
  it('decides nothing about them; somebody else does, and they get the codes', async () => {
    const town = await startTown();
    const { ada, alice } = town;
    const { wanted } = await asked(town);
    const reference = referenceOf(wanted);
    await setRecipient(town, reference, ada.id);
    expect(await refusal(ada.here, wanted, 'Approve')).toContain('one whose cards are for you');
    expect((await reject(ada.here, wanted, 'Not for me')).text).toContain('one whose cards are for you');
    expect((await card(town)).buttons).toHaveLength(4);

    await pressOn(alice.here, wanted, 'Approve');
    await card(town, 'Delivered:');
    await eventually(
      () => ada.dms().find(({ text }) => text.includes('Your gift card')),
      () => `codes among:\n${ada.dms().map(({ text }) => text)}`,
    );
    await dmWith(town, town.vendor.orders()[0]?.orderNo ?? 'no order');
    expect(purchases(town)).toBe(1);
  });
});
