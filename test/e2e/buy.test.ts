import { describe, expect, it } from 'vitest';
import { confirm, quote, startTown } from './town.ts';

describe('buying a gift card', () => {
  it('shows the quote, buys on Confirm, sends the codes by direct message, and keeps the order', async () => {
    const { alice, vendor, traces, bot } = await startTown();
    const quoted = await quote(alice, 'google-play-usd-5', 2, 'Friday quiz');
    console.log(quoted.text);
    const receipt = await confirm(alice, quoted);
    console.log(receipt.text);
    console.log(alice.dms().map((each) => each.text).join('\n---\n'));
    const orders = await (await alice.here.run('orders')).settled();
    console.log(orders.text);
    console.log(bot.output());
    expect(vendor.orders()).toHaveLength(1);
    for (const code of vendor.issuedCodes()) expect(traces()).not.toContain(code);
  });
});
