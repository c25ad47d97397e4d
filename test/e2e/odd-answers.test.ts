import { describe, expect, it } from 'vitest';
import type { OrderFault, OrderFaultOptions } from '../../sandbox/cardpluspay/faults.ts';
import { confirm, eventually, press, quote, startTown, type Town } from './town.ts';

/** Its cards come with a PIN. */
const CARD = 'netflix-usd-15';

/** What everybody in the channel of the admins reads. */
function told({ discord, adminsId }: Town, words: string) {
  const all = () => discord.channelMessages(adminsId).map(({ text }) => text);
  return eventually(
    () => all().find((text) => text.includes(words)),
    () => `"${words}" among:\n${all().join('\n')}`,
  );
}

describe('an answer that no documentation has', () => {
  it.each<[string, OrderFault, OrderFaultOptions, number, string | undefined]>([
    ['no amount', 'odd-amount', {}, 1, 'CardPlusPay gave no readable amount'],
    ['an amount of 0', 'odd-amount', { amount: 0 }, 1, 'CardPlusPay says **$0.00**'],
    ['a grouped amount', 'odd-amount', { amount: '1,470.00' }, 1, 'Charged **$1,470.00**'],
    ['a single card', 'codes-unlisted', {}, 1, undefined],
    ['an object of cards', 'codes-unlisted', {}, 3, undefined],
    ['2 MB of order number and 20,000 entries', 'endless', {}, 2, "CardPlusPay's response was too long"],
  ])('with %s: codes and PINs arrive, and admins hear what is odd', async (_, fault, options, quantity, words) => {
    const town = await startTown();
    const { alice, vendor } = town;
    vendor.fault(fault, options);
    await confirm(alice, await quote(alice, CARD, quantity));
    const secrets = vendor
      .orders()[0]
      ?.codes.flatMap(({ code, metadata }) => [code, ...metadata.flatMap((each) => Object.values(each))]);
    expect(secrets?.length).toBe(2 * quantity);
    const read = () =>
      alice
        .dms()
        .map(({ text }) => text)
        .join('\n');
    await eventually(
      () => secrets?.every((secret) => read().includes(secret)),
      () => read().slice(0, 2000),
    );
    if (words) await told(town, words);
    const list = await (await alice.here.run('orders')).settled();
    expect(list.text).toContain('delivered');
  });

  it('with a code of another order: admins hear of it, and its recipient reads it beside the code', async () => {
    const town = await startTown();
    const { alice, vendor } = town;
    await confirm(alice, await quote(alice, CARD));
    vendor.fault('code-twice');
    const receipt = await confirm(alice, await quote(alice, CARD));
    await told(town, 'CardPlusPay gave the same code to two orders');
    const said = 'CardPlusPay also gave the code of card 1 to another order';
    await eventually(
      () => alice.dms().filter(({ text }) => text.includes(said)).length === 1,
      () =>
        alice
          .dms()
          .map(({ text }) => text)
          .join('\n'),
    );
    expect((await press(alice.here, receipt, 'Reveal code')).text).toContain(said);
  });
});
