import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { choose, confirm, eventually, press, quote, startTown, type Town } from './town.ts';

/** By item code, with what people read as its name. */
const ODD = {
  'odd-blank': 'odd-blank',
  'odd-entities': "Ben & Jerry's \\<5\\> \\*USD\\*",
  'odd-countries': 'odd-countries',
  'odd-country': 'odd-country',
  'odd-null': 'odd-null',
  'odd-grouped': 'odd-grouped',
  'odd-long': 'Long Long Long',
  'CASE-5': 'Case of five',
  'case-5': 'Case of fifty',
};
const codes = Object.keys(ODD) as (keyof typeof ODD)[];

const run = async ({ bob }: Town, name: string, options: object = {}) =>
  (await bob.here.run(name, options as never)).settled();

async function loaded(town: Town): Promise<void> {
  let list: Message | undefined;
  await eventually(
    () => {
      void run(town, 'catalog').then((shown) => {
        list = shown;
      });
      return list?.text.includes('gift cards');
    },
    () => `a catalog: ${list?.text}`,
  );
}

/** What a quote says. It is cancelled, for nobody has more than a few open. */
async function quoted({ alice }: Town, code: string): Promise<string> {
  const shown = await quote(alice, code);
  const { text } = shown;
  if (shown.buttons.some(({ label }) => label === 'Cancel')) await press(alice.here, shown, 'Cancel');
  return text;
}

describe('a catalog as no documentation has it', () => {
  it('leaves every command working, for each of its cards', async () => {
    const town = await startTown({ vendor: { oddCatalog: true, balance: '9000' } });
    const { alice, bob, vendor } = town;
    await loaded(town);
    for (const code of codes) {
      const name = ODD[code];
      const offered = await bob.here.complete('buy', { item: code }, 'item');
      expect(offered[0]?.value).toBe(code);
      for (const choice of offered) expect(choice.name.trim()).not.toBe('');
      const list = await run(town, 'catalog', { query: code });
      expect(list.text).toContain(name);
      const option = list.menus[0]?.options.find(({ value }) => value === code);
      const card = await (await bob.here.choose(list, list.menus[0]?.customId ?? '', [option?.value ?? ''])).settled();
      expect(card.text).toContain(`\`${code}\``);
      expect((await press(bob.here, card, 'Check stock')).text).toContain(`In stock: 1 × ${name}`);
      expect((await run(town, 'stock', { item: code, quantity: 2 })).text).toContain(`In stock: 2 × ${name}`);
      expect(await quoted(town, code)).toContain(`Buy 1 × ${name}`);
      expect((await (await alice.here.run('why', { item: code, quantity: 1 })).settled()).text).toContain(name);
    }
    expect(await quoted(town, 'CASE-5')).toContain('$4.90');
    expect(await quoted(town, 'case-5')).toContain('$49.00');
    expect(await quoted(town, 'Case-5')).not.toContain('Buy 1');
    expect(await quoted(town, 'odd-grouped')).toContain('$980.00');
    expect((await run(town, 'catalog', { query: 'odd-grouped', min: 1000 })).text).toContain('odd-grouped');
    expect(vendor.orders()).toEqual([]);
  });

  it('completes and filters by what there is to see', async () => {
    const town = await startTown({ vendor: { oddCatalog: true } });
    const { bob } = town;
    await loaded(town);
    const all = await Promise.all(['', 'b', 'l', 'o'].map((brand) => bob.here.complete('catalog', { brand }, 'brand')));
    for (const { name, value } of all.flat()) {
      expect(name.trim()).not.toBe('');
      expect(String(value).length).toBeLessThanOrEqual(100);
    }
    const [ben] = await bob.here.complete('catalog', { brand: 'jerry' }, 'brand');
    expect(ben?.name).toBe("Ben & Jerry's");
    expect((await run(town, 'catalog', { brand: String(ben?.value) })).text).toContain('1 gift card');
    for (const country of ['US', 'CA']) {
      expect((await run(town, 'catalog', { country, query: 'odd-countries' })).text).toContain('odd-countries');
    }
    expect((await run(town, 'catalog', { currency: 'USD', query: 'odd-blank' })).text).toContain('No cards match.');
  });

  it('sells, sends and shows its cards, and tells admins what of it is not offered', async () => {
    const town = await startTown({ vendor: { oddCatalog: true } });
    const { alice, bob, vendor, discord } = town;
    await loaded(town);
    for (const code of ['odd-blank', 'odd-entities', 'case-5'] as const) {
      const done = await confirm(alice, await quote(alice, code));
      expect(done.text).toContain(ODD[code]);
      const issued = vendor.orders().at(-1)?.codes[0];
      expect(vendor.orders().at(-1)?.itemCode).toBe(code);
      const dm = () => alice.dms().find(({ text }) => text.includes(issued?.code ?? '?'));
      const received = await eventually(dm, () => `a message for ${code}`);
      expect(received.text).toContain(Object.values(issued?.metadata[0] ?? {})[0]);
    }
    const sent = await alice.here.run('reward send', { member: bob.id, item: 'odd-long' });
    expect((await confirm(alice, await sent.settled())).text).toContain('Long Long Long');
    const orders = await (await alice.here.run('orders')).settled();
    expect(orders.text).toContain('Case of fifty');
    expect((await choose(alice.here, orders, 'odd-blank')).text).toContain('1 × odd-blank');
    const told = () =>
      discord
        .channelMessages(town.adminsId)
        .find(({ text }) => text.includes("Parts of CardPlusPay's catalog can't be used"));
    const notice = await eventually(told, () =>
      discord
        .channelMessages(town.adminsId)
        .map(({ text }) => text)
        .join('\n'),
    );
    expect(notice.text).toContain('1 card has no usable item code');
    expect(notice.text).toContain('1 card has text that is too long');
  });
});
