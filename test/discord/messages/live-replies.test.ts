import { describe, expect, it } from 'vitest';
import type { PressHandler } from '../../../src/discord/interactions/handler.ts';
import { createLiveReplies, LIVE_REPLIES_LAST_MS } from '../../../src/discord/messages/live-replies.ts';
import { notifyRequester, showOrder, showProgress } from '../../../src/discord/notify/requester.ts';
import { bind } from '../../../src/lib/bind.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { Problem } from '../../../src/lib/problem.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { cards, order, orderIn, remote, usd } from '../../views/samples.ts';
import { startStage, trial, view } from '../stage.ts';

const TOKEN_LASTS_MS = 15 * 60_000;
const PATCH = { method: 'PATCH', path: /\/webhooks\// };

/** Alice has pressed Confirm on her quote, and the process that took the press does nothing more. */
async function start() {
  const follow: PressHandler = {
    acknowledge: 'update',
    async press(moment, id) {
      await moment.follow(id);
      return undefined;
    },
  };
  const quoted = trial(async () => view('Buy?', { Confirm: `try.confirm:${order().id}` }), {
    presses: { 'try.confirm': follow },
  });
  const stage = await startStage([quoted]);
  const here = stage.here(stage.alice);
  const message = await (await here.run('try')).settled();
  const press = await here.press(message, 'Confirm');
  await expect.poll(() => stage.places.size).toBe(1);
  const own = { requester: stage.alice.id };
  let ahead = 0;
  const clock = { ...systemClock, now: () => Date.now() + ahead };
  /** As another process of the bot has them. */
  const otherReplies = (get = async (id: string) => stage.places.get(id)) =>
    createLiveReplies({
      ...stage.ctx,
      clock,
      records: { get, set: async (id, place) => void stage.places.set(id, place) },
    });
  const ctx = { ...stage.ctx, liveReplies: otherReplies(), clock };
  const word = bind(ctx, { progress: showProgress, show: showOrder, tell: notifyRequester });
  return {
    ...stage,
    word,
    here,
    press,
    own,
    text: () => press.message()?.text ?? '',
    asides: () => press.followUps().map(({ text }) => text),
    dms: () => stage.discord.dmsOf(stage.alice.id),
    otherReplies,
    pass(ms: number) {
      ahead += ms;
      stage.discord.advance(ms);
    },
  };
}

const lost = (own: Partial<Order>) => orderIn('unconfirmed', 'no_answer', own);
const bought = (own: Partial<Order>) => orderIn('bought', undefined, { ...own, remote, cards: cards(2, 1) });

describe('the message in which an order is followed', () => {
  it('is edited in place, by any process, as long as the token lasts', async () => {
    const { word, otherReplies, text, own, dms, pass } = await start();
    expect(await word.show(lost(own))).toBe(true);
    expect(text()).toContain("We don't know yet whether CardPlusPay took this order");
    pass(LIVE_REPLIES_LAST_MS - 1_000);
    expect(await otherReplies().edit(order().id, view('From the next process'))).toBe(true);
    expect(text()).toBe('**From the next process**');
    expect(dms()).toEqual([]);
  });

  it('is left alone after that, without asking Discord', async () => {
    const { word, own, pass, discord } = await start();
    pass(LIVE_REPLIES_LAST_MS + 1_000);
    const before = discord.requests.length;
    expect(await word.show(lost(own))).toBe(false);
    expect(discord.requests).toHaveLength(before);
  });

  it('also where Discord says so earlier', async () => {
    const { word, own, discord } = await start();
    discord.advance(TOKEN_LASTS_MS + 1);
    expect(await word.show(lost(own))).toBe(false);
  });

  it('takes no edit when it was dismissed', async () => {
    const { word, own, discord } = await start();
    discord.fail({ ...PATCH, with: { status: 404, code: 10008, message: 'Unknown Message' } });
    expect(await word.show(lost(own))).toBe(false);
  });

  it('is none where what was kept cannot be opened, and that is logged', async () => {
    const { otherReplies, logged } = await start();
    const broken = async () => Promise.reject(new Error('another key'));
    expect(await otherReplies(broken).edit(order().id, view('x'))).toBe(false);
    expect(logged('could not be read')?.facts).toMatchObject({ order: order().id });
  });

  it('keeps the order of its edits, and skips a stage that is past when its turn comes', async () => {
    const { word, own, text, discord } = await start();
    const edits = () => discord.requests.filter(({ method }) => method === 'PATCH').length;
    const before = edits();
    discord.fail({ ...PATCH, with: 429, retryAfter: 0.3 });
    for (const stage of ['checking', 'waiting', 'checking', 'buying'] as const) {
      word.progress(order(own), stage);
    }
    expect(await word.show(bought(own))).toBe(true);
    expect(text()).toContain('Bought: 2 × Google Play 5 USD');
    // The receipt alone, once more after the 429.
    expect(edits() - before).toBe(2);
  });

  it('shows what takes longer than a second, as it is by then, and nothing of what is over sooner', async () => {
    const { word, own, text, discord } = await start();
    const edits = () => discord.requests.filter(({ method }) => method === 'PATCH').length;
    const before = edits();
    word.progress(order(own), 'checking');
    expect(await word.show(bought(own))).toBe(true);
    word.progress(order(own), 'checking');
    word.progress(order(own), 'buying');
    await expect.poll(text).toContain('Buying 2 × Google Play 5 USD');
    expect(edits() - before).toBe(2);
  });

  it('keeps an offer in this process alone, and a press in the store, which this one need not ask for a while', async () => {
    const { places, own, otherReplies, pass } = await start();
    const token = places.get(order().id)?.token ?? '';
    places.clear();
    let asked = 0;
    const replies = otherReplies(async (id) => {
      asked++;
      return places.get(id);
    });
    const offer = order({ ...own, id: '01K7Q2M900000001' });
    await replies.follow(offer.id, token, { offer: true });
    expect(places.size).toBe(0);
    expect(await replies.edit(offer.id, view('The offer'))).toBe(true);
    expect([await otherReplies().edit(offer.id, view('x')), asked]).toEqual([false, 1]);
    await replies.follow(offer.id, token);
    expect(await replies.edit(offer.id, view('Pressed'))).toBe(true);
    expect([places.size, asked]).toEqual([1, 1]);
    // Somebody may have pressed another one since, with another process.
    pass(61_000);
    expect(await replies.edit(offer.id, view('Pressed'))).toBe(true);
    expect(asked).toBe(2);
  });

  it('goes on after a stage that could not be shown', async () => {
    const { word, own, text, discord, dms } = await start();
    discord.fail({ ...PATCH, with: { status: 400, code: 50035, message: 'x' } });
    word.progress(order(own), 'checking');
    await expect.poll(() => discord.requests.at(-1)?.status).toBe(400);
    word.progress(order(own), 'buying');
    await expect.poll(text).toContain('Buying 2 × Google Play 5 USD');
    expect(dms()).toEqual([]);
  });
});

describe('a message of its own', () => {
  it('comes by direct message, with buttons that work there and without codes', async () => {
    const { word, own, dms, alice } = await start();
    const held = orderIn('held', 'dm_closed', { ...own, remote });
    await word.tell({ ...held, cards: cards(2).map((one) => ({ ...one, recipient: alice.id })) });
    const [dm] = dms();
    expect(dm?.text).toContain('Bought: 2 × Google Play 5 USD');
    expect(dm?.buttons.map(({ label }) => label)).toEqual(['Reveal code', 'Buy again']);
  });

  it('comes beside the one that takes no edit when direct messages are closed, and is followed from then on', async () => {
    const { word, own, asides, dms, discord, alice } = await start();
    discord.closeDms(alice.id);
    await word.tell(lost(own));
    expect(asides()).toEqual([expect.stringContaining("We don't know yet")]);
    expect(await word.show(bought(own))).toBe(true);
    expect(asides()).toEqual([expect.stringContaining('Bought: 2 × Google Play 5 USD')]);
    expect(dms()).toEqual([]);
  });

  it('is logged, no more, when nothing reaches them', async () => {
    const { word, own, discord, alice, logged, asides, pass } = await start();
    discord.closeDms(alice.id);
    pass(TOKEN_LASTS_MS);
    await word.tell(lost(own));
    expect(asides()).toEqual([]);
    expect(logged('could not be told')?.facts).toMatchObject({ err: { kind: 'closed' } });
  });

  it('comes in the channel where they asked, once, when others had to decide and direct messages are closed', async () => {
    const { word, own, dms, discord, alice, asides, guild } = await start();
    discord.closeDms(alice.id);
    const approval = {
      ...{ channel: guild.general.id, wanted: 1, because: [], budgets: [], endsAt: 0, votes: [] },
    };
    const place = { guild: guild.id, channel: guild.general.id };
    const rejected = orderIn('rejected', 'rejected', { ...own, ...place, approval }, 'Too dear');
    await word.tell(rejected);
    discord.advance(60 * 60_000);
    await word.tell(rejected, { mayBeOut: true });
    const news = discord
      .channelMessages(guild.general.id)
      .filter(({ text }) => text.includes('your request was declined: Too dear'));
    expect(news.map(({ pinged }) => pinged)).toEqual([[alice.id]]);
    expect([...dms(), ...asides()]).toEqual([]);
    await word.tell(orderIn('rejected', 'requester_left', { ...own, ...place, approval }));
    expect(discord.channelMessages(guild.general.id)).toHaveLength(2);
  });

  it('is not sent again when it may be out and is', async () => {
    const { word, own, dms, pass } = await start();
    await word.tell(lost(own));
    pass(60 * 60_000); // Discord has forgotten the nonce
    await word.tell(lost(own), { mayBeOut: true });
    expect(dms()).toHaveLength(1);
    await word.tell(orderIn('not_found', 'not_listed', own), { mayBeOut: true });
    expect(dms()).toHaveLength(2);
  });

  const vote = { by: '7', voice: '7', at: 0 };
  const approval = { channel: '8', wanted: 1, because: [], budgets: [], endsAt: 0, votes: [vote] };
  const approvedByOthers = { approval, approvedAt: Date.now() };

  it('of an approval becomes the word of what came of it', async () => {
    const { word, own, dms } = await start();
    const asked = { ...own, ...approvedByOthers };
    const place = await word.tell(orderIn('approved', 'approved', asked));
    expect(dms().map(({ text }) => text)).toEqual([expect.stringContaining('<@7>')]);
    const after = { mayBeOut: false, place, isEditOnly: true };
    expect(await word.tell(bought(asked), after)).toEqual(place);
    expect(dms()).toHaveLength(1);
    expect(dms()[0]?.text).toContain('ORD-');
  });

  it('is a new one where its reader has deleted it, if it is worth one', async () => {
    const { word, own, dms, ctx, pass } = await start();
    const asked = { ...own, ...approvedByOthers };
    const place = await word.tell(orderIn('approved', 'approved', asked));
    await ctx.channelMessages.remove(place ?? { channel: '', message: '' });
    expect(await word.tell(bought(asked), { mayBeOut: false, place, isEditOnly: true })).toBeUndefined();
    expect(dms()).toHaveLength(0);
    pass(60 * 60_000); // Discord has forgotten the nonce
    const next = await word.tell(lost(asked), { mayBeOut: false, place });
    expect(next).not.toEqual(place);
    expect(dms()).toHaveLength(1);
  });

  it('of an approval is found where a process died before that was on record', async () => {
    const { word, own, dms } = await start();
    const asked = { ...own, ...approvedByOthers };
    const place = await word.tell(orderIn('approved', 'approved', asked));
    expect(await word.tell(lost(asked), { mayBeOut: true })).toEqual(place);
    // And once more, when it was edited and that is on no record either.
    expect(await word.tell(lost(asked), { mayBeOut: true })).toEqual(place);
    expect(dms()).toHaveLength(1);
  });

  it('is sent once when Discord took it and its answer was lost', async () => {
    const { word, own, dms, discord } = await start();
    discord.fail({ method: 'POST', path: /\/messages$/, after: true, with: 500 });
    await word.tell(lost(own));
    expect(dms()).toHaveLength(1);
  });
});

describe('an order whose price rose', () => {
  const repriced = (own: Partial<Order>) => orderIn('repriced', 'price_rose', own);
  const offerOf = (own: Partial<Order>) =>
    order({
      ...{ ...own, id: '01K7Q2M900000001', reference: 'NEW111', insteadOf: order().id },
      quote: {
        ...order().quote,
        ...{ each: usd('6'), charged: usd('12'), expiresAt: Date.now() + TOKEN_LASTS_MS },
      },
    });

  it('gives its place to the new offer, which is followed there', async () => {
    const { word, own, text, press, places } = await start();
    const offer = offerOf(own);
    expect(await word.show(repriced(own), { offer })).toBe(true);
    expect(text()).toContain('The price rose from $9.80 to $12.00, so nothing was bought.');
    expect(press.message()?.buttons.map(({ label }) => label)).toEqual([...['Confirm $12.00', 'Cancel']]);
    expect(places.get(offer.id)).toEqual(places.get(order().id));
    await word.show({ ...offer, status: 'cancelled' });
    expect(text()).toContain('Cancelled');
  });

  it('is told by direct message with the offer and its buttons', async () => {
    const { word, own, dms } = await start();
    await word.tell(repriced(own), { sequel: { offer: offerOf(own) }, mayBeOut: false });
    expect(dms()[0]?.text).toContain('The price rose from $9.80 to $12.00');
    expect(dms()[0]?.buttons.map(({ label }) => label)).toEqual(['Confirm $12.00', 'Cancel']);
  });

  it('says why there is no new offer', async () => {
    const { word, own, text } = await start();
    const problem = new Problem('balance_too_low', { charged: usd('120'), balance: usd('100') });
    await word.show(repriced(own), { problem });
    expect(text()).toContain('Not bought, the price rose: 2 × Google Play 5 USD');
    expect(text()).toContain('There is no new quote. This would cost $120.00, and the account has $100.00.');
  });
});

it('an offer that somebody has pressed a button of is followed there, whoever tells once more that it was made', async () => {
  const stage = await start();
  const offer = order({ ...stage.own, id: '01K7Q2M900000001' });
  await stage.otherReplies().follow(offer.id, 'the token of the press');
  await stage.otherReplies().handOn(order().id, offer.id);
  expect(stage.places.get(offer.id)?.token).toBe('the token of the press');
  await stage.otherReplies().handOn(order().id, 'another offer');
  expect(stage.places.get('another offer')).toEqual(stage.places.get(order().id));
});
