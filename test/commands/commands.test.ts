import { describe, expect, it } from 'vitest';
import type { App } from '../../commands/app.ts';
import { DiscordFailure } from '../../src/discord/errors.ts';
import type { SavedQuery } from '../../src/discord/interactions/saved-query.ts';
import { en } from '../../src/i18n/en.ts';
import { Problem } from '../../src/lib/problem.ts';
import type { Wish } from '../../src/orders/quote/create-quote.ts';
import type { View } from '../../src/views/kit/message.ts';
import { product } from '../catalog/products.ts';
import { cards, offer, order, orderIn, remote } from '../views/samples.ts';
import { seen } from '../views/seen.ts';
import { commandNamed, completed, createApp, createMoment, pressOf } from './app.ts';

type Orders = Partial<App['orders']>;
const { id } = order();
const someone = { user: '9', guild: '8', words: en };
const price = (amount: string) => `$${Number(amount).toFixed(2)}`;

interface Showing {
  showsCodes?: boolean;
  add?: () => Promise<void>;
}

describe('Confirm', () => {
  const confirming = (orders: Orders = {}, { showsCodes = false, add }: Showing = {}) => {
    const events: string[] = [];
    const added: string[] = [];
    const { moment, shown } = createMoment({
      add: add ?? (async (view) => void added.push(seen(view))),
      follow: async (followed) => void events.push(`follow ${followed}`),
    });
    const confirm: App['orders']['confirm'] = async (confirmed, _, pressed) => {
      await pressed?.follow(confirmed);
      events.push(`confirm ${confirmed}`);
      return orderIn('delivered', 'dm_sent', { remote, cards: cards(2) });
    };
    const reveal: App['orders']['reveal'] = async (of) => {
      events.push(`reveal ${of}`);
      const codes = [{ code: 'CODE-1', metadata: [] }];
      return { order: order({ id: of }), recipient: moment.asker.user, codes, numbers: [1], gone: 0 };
    };
    const seenBy: App['orders']['seen'] = async ({ order: of }) => {
      events.push(`seen ${of.id}`);
      return of;
    };
    const rules = { termsOf: async () => ({ showsCodes }) as never };
    const app = createApp({ rules, orders: { confirm, reveal, seen: seenBy, ...orders } });
    return { pressed: pressOf('quote.confirm', app).press(moment, id, []), shown, added, events };
  };

  it('keeps where the message is before anything begins, and leaves it to whoever has news of the order', async () => {
    const { pressed, shown, events } = confirming();
    expect(await pressed).toBeUndefined();
    expect(events).toEqual([`follow ${id}`, `confirm ${id}`]);
    expect(shown).toEqual([]);
  });

  it('shows the codes in a message for the buyer alone, where the server wants it, and records that before and after', async () => {
    const { pressed, shown, added, events } = confirming({}, { showsCodes: true });
    expect(await pressed).toBeUndefined();
    expect(events.slice(2)).toEqual([`reveal ${id}`, `seen ${id}`]);
    expect(shown).toEqual([]);
    expect(added).toHaveLength(1);
    expect(added[0]).toContain('CODE-1');
  });

  it.each([
    ['for somebody else', { gift: { receipt: 'private' as const } }],
    ['of which no card is there', { cards: [] }],
  ])('of an order %s shows no code, whatever the server wants', async (_, more) => {
    const confirm = async () => orderIn('delivered', 'dm_sent', { remote, cards: cards(2), ...more });
    const { pressed, added, events } = confirming({ confirm }, { showsCodes: true });
    expect(await pressed).toBeUndefined();
    expect([added, events]).toEqual([[], []]);
  });

  it('is no failure where the message with the codes cannot be shown: they are in a direct message, or wait', async () => {
    const add = () => Promise.reject(new DiscordFailure('gone', 'answer', 404, 10015));
    const { pressed, events } = confirming({}, { showsCodes: true, add });
    expect(await pressed).toBeUndefined();
    expect(events.slice(2)).toEqual([`reveal ${id}`]);
  });

  it('of who may no longer confirm offers to ask for an approval instead', async () => {
    const { moment, followed } = createMoment();
    const because = [{ rule: 'every_order' as const }];
    const offerOf = async () => ({ actions: ['ask', 'cancel'] as const, because });
    const confirm = () => Promise.reject(new Problem('needs_approval', { reference: 'K7Q2M9' }));
    const app = createApp({ orders: { confirm, get: async () => order(), offerOf } });
    const view = await pressOf('quote.confirm', app).press(moment, id, []);
    expect(seen(view as never)).toContain('[Request approval · $9.80*] quote.ask:');
    expect(seen(view as never)).toContain('Needs 1 approval (every order does).');
    expect(followed).toEqual([]);
  });

  it('that came too late leaves the message that shows the order what it is', async () => {
    const late = new Problem('already_decided', { reference: 'K7Q2M9', status: 'buying' });
    const { pressed, shown, events } = confirming({
      confirm: () => Promise.reject(late),
    });
    await expect(pressed).rejects.toBe(late);
    expect(shown).toEqual([]);
    expect(events).toEqual([]);
  });
});

describe('/buy', () => {
  it('shows a quote whose message follows the order', async () => {
    const { moment, followed } = createMoment();
    const app = createApp({
      orders: {
        quote: async () => order(),
        offerOf: async () => ({ actions: ['confirm'], because: [] }),
      },
    });
    const view = await commandNamed('buy', app).run(moment, { item: 'google-play-usd-5' });
    expect(seen(view as never)).toContain('Buy 2 × Google Play 5 USD for $9.80?');
    expect(followed).toEqual([id]);
  });
});

describe('Buy again', () => {
  const again = (asked: Partial<Parameters<typeof createMoment>[0]> = {}, requester = order().requester) => {
    const wishes: Wish[] = [];
    const { moment, followed } = createMoment(asked);
    const app = createApp({
      orders: {
        get: async () => orderIn('delivered', 'dm_sent', { requester, channel: '77', reason: 'Friday quiz' }),
        quote: async (wish) => {
          wishes.push(wish);
          return order({ id: 'new' });
        },
        offerOf: async () => ({ actions: ['confirm'], because: [] }),
      },
    });
    return { pressed: pressOf('order.again', app).press(moment, id, []), wishes, followed };
  };

  it('quotes the same card and quantity anew, where the button was pressed', async () => {
    const { pressed, wishes, followed } = again();
    expect(seen((await pressed) as never)).toContain('Buy 2 × Google Play 5 USD for $9.80?');
    const { itemCode, quantity } = order().quote;
    expect(wishes).toMatchObject([{ itemCode, quantity, channel: '400000000000000001' }]);
    expect(wishes[0]).not.toHaveProperty('reason');
    expect(followed).toEqual(['new']);
  });

  it('in a direct message is asked for where it was bought', async () => {
    const { pressed, wishes } = again({ isDirect: true });
    await pressed;
    expect(wishes).toMatchObject([{ channel: '77' }]);
  });

  it('is for its requester alone', async () => {
    const { pressed, wishes } = again({}, '12345');
    await expect(pressed).rejects.toMatchObject({ code: 'not_yours' });
    expect(wishes).toEqual([]);
  });
});

describe('Reveal code', () => {
  const codes = Array.from({ length: 4 }, (_, index) => ({
    code: `CODE-${index}`,
    metadata: [{ name: 'Terms', value: 'x'.repeat(1300) }],
  }));
  const revealed = {
    order: orderIn('held', 'dm_closed', { remote }),
    recipient: 'x',
    codes,
    numbers: [1, 2, 3, 4],
    gone: 0,
  };

  it('shows every part before the codes count as seen', async () => {
    const events: string[] = [];
    const { moment } = createMoment({
      show: async (view) => void events.push(`show ${seen(view).match(/CODE-\d/g)}`),
      add: async (view) => void events.push(`add ${seen(view).match(/CODE-\d/g)}`),
    });
    const app = createApp({
      orders: {
        reveal: async () => revealed,
        seen: async () => {
          events.push('seen');
          return revealed.order;
        },
      },
    });
    expect(await pressOf('order.reveal', app).press(moment, id, [])).toBeUndefined();
    expect(events).toEqual(['show CODE-0,CODE-1', 'add CODE-2,CODE-3', 'seen']);
  });

  it('does not count as seen what could not be shown', async () => {
    let isSeen = false;
    const { moment } = createMoment({ add: () => Promise.reject(new Error('x')) });
    const app = createApp({
      orders: {
        reveal: async () => revealed,
        seen: async () => {
          isSeen = true;
          return revealed.order;
        },
      },
    });
    await expect(pressOf('order.reveal', app).press(moment, id, [])).rejects.toThrow('x');
    expect(isSeen).toBe(false);
  });
});

describe('/catalog', () => {
  const offers = Array.from({ length: 12 }, (_, index) => offer({ itemCode: `card-${index}` }));
  const start = (count = offers.length) => {
    const kept: SavedQuery[] = [];
    const app = createApp({
      catalog: { fetchedAt: () => 1 },
      shop: { offers: async () => offers.slice(0, count) },
      queries: {
        remember: async (query) => String(kept.push(query) - 1),
        recall: (async (_: string, query: string) => kept[Number(query)]) as never,
      },
    });
    return { app, kept };
  };

  it('remembers the search, amounts exactly, and shows its first page', async () => {
    const { app, kept } = start();
    const { moment } = createMoment();
    const view = await commandNamed('catalog', app).run(moment, { query: 'play', min: 0.1 });
    expect(kept).toMatchObject([{ kind: 'catalog', search: { query: 'play', min: '0.1' } }]);
    expect(seen(view as never)).toContain('Page 1 of 2');
  });

  it('says which number is no amount', async () => {
    const { moment } = createMoment();
    const run = commandNamed('catalog', start().app).run(moment, { max: 5e-324 });
    await expect(run).rejects.toMatchObject({ code: 'bad_amount', params: { text: '5e-324' } });
  });

  it('shows the last page when the catalog got shorter since', async () => {
    const { app } = start(3);
    const { moment } = createMoment();
    await commandNamed('catalog', app).run(moment, {});
    const view = await pressOf('catalog.page', app).press(moment, '0/1', []);
    expect(seen(view as never)).toContain('3 gift cards');
    expect(seen(view as never)).toContain('| card-2');
  });

  it('says so while nothing has been fetched', async () => {
    const { moment } = createMoment();
    const app = createApp({ catalog: { fetchedAt: () => undefined } });
    const view = await commandNamed('catalog', app).run(moment, {});
    expect(seen(view as never)).toContain('is still loading');
  });

  it('completes brands, as long as Discord shows them', async () => {
    const app = createApp({ catalog: { completeBrand: () => ['Steam', 'x'.repeat(120)] } });
    const choices = await completed(commandNamed('catalog', app), 'brand', 's');
    expect(choices[0]).toEqual({ name: 'Steam', value: 'Steam' });
    expect(choices[1]?.name).toHaveLength(100);
  });
});

describe('/buy and /stock', () => {
  it('complete a card by its name and what one costs, in a line that Discord takes', async () => {
    const products = [product('steam-eur-20', { name: 'Steam EU 20 EUR', charged: '20.6' })];
    products.push(product('b'.repeat(60), { name: '\u202eN'.repeat(120) }));
    const app = createApp({ catalog: { completeItem: () => products }, account: { known: () => 'USD' } });
    for (const name of ['buy', 'stock']) {
      const choices = (await commandNamed(name, app).complete?.item?.('g', someone)) ?? [];
      expect(choices[0]).toEqual({ name: `Steam EU 20 EUR — ${price('20.6')}`, value: 'steam-eur-20' });
      expect(choices[1]?.name.length).toBeLessThanOrEqual(100);
      expect(choices[1]?.name).not.toContain('\u202e');
      expect(choices[1]?.name).toContain(` — ${price('4.9')}`);
    }
  });

  it('offer what this member bought last before anything is typed, as far as there is still such a card', async () => {
    const all = ['a', 'b', 'c'].map((code) => product(code));
    const asked: unknown[] = [];
    const app = createApp({
      catalog: { completeItem: () => all, find: (code) => all.find(({ itemCode }) => itemCode === code) },
      account: { known: () => undefined },
      orders: {
        boughtLast: async ({ user, guild }, limit) => {
          asked.push(user, guild, limit);
          return ['c', 'gone', 'b'];
        },
      },
    });
    const choices = (await commandNamed('buy', app).complete?.item?.(' ', someone)) ?? [];
    expect(choices.map(({ value }) => value)).toEqual(['c', 'b', 'a']);
    expect(asked).toEqual([someone.user, someone.guild, 25]);
  });

  it('quote one card when no quantity is given', async () => {
    const wishes: Wish[] = [];
    const app = createApp({
      orders: {
        quote: async (wish) => {
          wishes.push(wish);
          return order();
        },
        offerOf: async () => ({ actions: ['confirm'], because: [] }),
      },
    });
    const { moment } = createMoment();
    const view = await commandNamed('buy', app).run(moment, { item: 'google-play-usd-5' });
    expect(wishes).toEqual([
      {
        member: moment.asker,
        channel: moment.channel,
        locale: 'en-US',
        itemCode: 'google-play-usd-5',
        quantity: 1,
      },
    ]);
    expect(seen(view as never)).toContain('[Confirm $9.80*] quote.confirm:01K7Q2M900000000');
  });

  it.each([0, 101, 1.5, -1])('/stock refuses a quantity of %d that a client let through', async (quantity) => {
    const { moment } = createMoment();
    const run = commandNamed('stock', createApp()).run(moment, { item: 'x', quantity });
    await expect(run).rejects.toMatchObject({ code: 'bad_quantity' });
  });
});

describe('/audit', () => {
  const entries = Array.from({ length: 2 }, (_, index) => ({
    version: 1,
    number: index + 1,
    at: 0,
    previous: '',
    hash: 'f'.repeat(64),
    deed: { id: `stop/S${index}/0`, at: 0, by: '7', what: 'stop.stopped', why: 'asked' },
  }));
  /** `files`: how many files the export comes to, each of entries with a detail of that length. */
  function start({ next, files = 1, detail = 1 }: { next?: string; files?: number; detail?: number } = {}) {
    const asked: unknown[] = [];
    const kept = new Map<string, SavedQuery>();
    const app = createApp({
      audit: {
        choose: async (_, typed) => {
          asked.push(typed);
          return { since: 5 };
        },
        lines: async (_, filter, page) => {
          asked.push({ ...filter, ...page });
          const isMore = page.before === undefined && next !== undefined;
          return { lines: entries.map((entry) => ({ entries: [entry] })), ...(isMore && { next }) };
        },
        entries: async (_, filter, page) => {
          asked.push({ ...filter, ...page });
          const at = Number(page.before ?? 0);
          const worded = entries.map((each) => ({ ...each, deed: { ...each.deed, detail: '€'.repeat(detail) } }));
          const all = Array.from({ length: detail > 1 ? 1_000 : 1 }, () => worded).flat();
          return { entries: all, ...(at + 1 < files && { next: String(at + 1) }) };
        },
      },
      queries: {
        remember: async (query) => {
          const id = kept.size === 0 ? 'list' : `list${kept.size}`;
          kept.set(id, query);
          return id;
        },
        recall: (async (_: string, id: string) => kept.get(id)) as never,
        update: async (id, query) => void kept.set(id, query),
      },
    });
    return { app, asked, kept };
  }

  it('reads what was typed once, and turns its pages by where each begins', async () => {
    const { app, asked } = start({ next: 'b' });
    const { moment } = createMoment();
    const first = await commandNamed('audit', app).run(moment, { member: '7', since: '7 days', kind: 'stops' });
    expect(seen(first as never)).toContain('[Next] audit.page:list/1');
    const { press } = pressOf('audit.page', app);
    const second = await press(moment, 'list/1', []);
    expect(seen(second as never)).toContain('[Previous] audit.page:list/0');
    expect(asked).toEqual([
      { member: '7', order: undefined, since: '7 days', kind: 'stops' },
      { since: 5, limit: 10, before: undefined },
      { since: 5, limit: 10, before: 'b' },
    ]);
    await expect(press(moment, 'list/2', [])).rejects.toMatchObject({ code: 'query_gone' });
  });

  it('opens one order as a list of its own, which leads back', async () => {
    const { app, asked, kept } = start();
    const { moment } = createMoment();
    await commandNamed('audit', app).run(moment, {});
    const view = await pressOf('audit.open', app).press(moment, 'list/0', ['ORDER']);
    expect(seen(view as never)).toContain('[Back to list] audit.page:list/0');
    expect(kept.get('list1')).toMatchObject({ kind: 'audit', filter: { order: 'ORDER' }, back: 'list/0' });
    expect(asked.at(-1)).toEqual({ order: 'ORDER', limit: 10 });
  });

  it('exports all of it, ten files a message, and says which part it is', async () => {
    const { app, asked } = start({ files: 12 });
    const { moment } = createMoment();
    await commandNamed('audit', app).run(moment, {});
    const first = (await pressOf('audit.file', app).press(moment, 'list', [])) as View;
    expect(first.files).toHaveLength(10);
    expect(seen(first)).toContain('Audit export, part 1:');
    expect(seen(first)).toContain('[Next part] audit.part:list1/1');
    const last = (await pressOf('audit.part', app).press(moment, 'list1/1', [])) as View;
    expect(last.files).toHaveLength(2);
    expect(seen(last)).toContain('This is the last part.');
    expect(asked.at(-1)).toEqual({ since: 5, limit: 2_000, before: '11' });
  });

  it('ends a part before it gets too big for Discord, and leaves nothing out', async () => {
    const { app } = start({ files: 12, detail: 500 });
    const { moment } = createMoment();
    await commandNamed('audit', app).run(moment, {});
    let view = (await pressOf('audit.file', app).press(moment, 'list', [])) as View;
    let found = 0;
    for (let part = 1; ; part++) {
      const sizes = (view.files ?? []).map(({ text }) => Buffer.byteLength(text));
      expect(sizes.reduce((sum, each) => sum + each, 0)).toBeLessThan(9 * 1024 * 1024);
      found += sizes.length;
      if (!seen(view).includes('[Next part]')) break;
      view = (await pressOf('audit.part', app).press(moment, `list1/${part}`, [])) as View;
    }
    expect(found).toBe(12);
  });
});

describe('/orders', () => {
  it('turns its pages by where each begins, back and forth', async () => {
    const asked: (string | undefined)[] = [];
    let kept: SavedQuery | undefined;
    const app = createApp({
      orders: {
        ofMember: async (_, { before }) => {
          asked.push(before);
          const next = before === undefined ? 'b' : before === 'b' ? 'c' : undefined;
          return { orders: [order({ id: `from-${before}` })], ...(next && { next }) };
        },
      },
      queries: {
        remember: async (query) => {
          kept = query;
          return 'list';
        },
        recall: (async () => kept) as never,
        update: async (_, query) => {
          kept = query;
        },
      },
    });
    const { moment } = createMoment();
    await commandNamed('orders', app).run(moment, {});
    const { press } = pressOf('orders.page', app);
    for (const page of ['list/1', 'list/2', 'list/1', 'list/0']) await press(moment, page, []);
    expect(asked).toEqual([undefined, 'b', 'c', 'b', undefined]);
    await expect(press(moment, 'list/3', [])).rejects.toMatchObject({ code: 'query_gone' });
    const last = await press(moment, 'list/2', []);
    expect(seen(last as never)).toContain('[Previous] orders.page:list/1');
    expect(seen(last as never)).not.toContain('[Next]');
  });
});
