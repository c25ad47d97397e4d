import { describe, expect, it } from 'vitest';
import { notifyRequester } from '../../../src/discord/notify/requester.ts';
import { en } from '../../../src/i18n/en.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { noted } from '../../../src/orders/model/state-machine.ts';
import { cards, orderIn, remote } from '../../views/samples.ts';

/** The nonce under which the requester is told how this order stands. */
async function nonceFor(order: Order): Promise<string> {
  const nonces: string[] = [];
  const ctx = {
    liveReplies: { edit: async () => false } as never,
    directMessages: {
      find: async () => undefined,
      edit: async () => false,
      async send(_: string, __: unknown, nonce = '') {
        nonces.push(nonce);
        return { channel: '1', message: '2' };
      },
    },
    channelMessages: {} as never,
    wordsFor: () => en,
    clock: systemClock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  };
  await notifyRequester(ctx, order);
  return nonces.join();
}

describe('word of an order', () => {
  const held = orderIn('held', 'dm_closed', { remote, cards: cards(1) });

  it('has the same nonce when the record changed only in what is nobody’s news', async () => {
    const audited = { ...held, version: held.version + 1, audited: held.history.length };
    expect(await nonceFor(audited)).toBe(await nonceFor(held));
  });

  it('has another one after a step more, or a card more', async () => {
    const later = noted(held, { at: 1, by: 'cardigan', why: 'codes_came' });
    const more = { ...held, cards: cards(2) };
    expect(await nonceFor(later)).not.toBe(await nonceFor(held));
    expect(await nonceFor(more)).not.toBe(await nonceFor(held));
    const longest = Array.from({ length: 99_999 }, () => held.history).flat();
    expect((await nonceFor({ ...held, history: longest })).length).toBeLessThanOrEqual(25);
  });
});
