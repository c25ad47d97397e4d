import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/discord/notify/codes.ts';
import { bind } from '../../../src/lib/bind.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { cards, orderIn, remote } from '../../views/samples.ts';
import { startStage, trial, view } from '../stage.ts';

async function start() {
  const stage = await startStage([trial(async () => view('Nothing', {}))]);
  const { discord, guild, alice, bob, ctx } = stage;
  const logged: string[] = [];
  const write = (_: object, message: string) => void logged.push(message);
  const log = { debug: write, info: write, warn: write, error: write };
  const gift: Partial<Order> = {
    ...{ remote, requester: alice.id, recipients: [{ user: bob.id, quantity: 1 }] },
    ...{ guild: guild.id, channel: guild.general.id, gift: { receipt: 'public' } },
    cards: cards(1).map((card) => ({ ...card, recipient: bob.id })),
  };
  return {
    ...stage,
    logged,
    held: orderIn('held', 'dm_closed', gift),
    delivered: orderIn('delivered', 'received', gift),
    ...bind({ ...ctx, log }, { announce }),
    said: () => discord.channelMessages(guild.general.id),
  };
}

describe('word of a card where it was sent', () => {
  it('is said once, also when an earlier process may have said it long ago', async () => {
    const { announce, held, delivered, said, bob, discord } = await start();
    await announce(held, 'waits', false);
    discord.advance(60 * 60_000); // Discord has forgotten the nonce
    await announce(held, 'waits', true);
    await announce(delivered, 'arrived', true);
    expect(said().map(({ pinged }) => pinged)).toEqual([[bob.id], []]);
  });

  it('is left out, and logged, where Cardigan may not write or Discord does not take it', async () => {
    const { announce, delivered, said, discord, guild, logged } = await start();
    const quiet = discord.addChannel(guild.id, 'quiet', { botMayPost: false });
    await announce({ ...delivered, channel: quiet.id }, 'arrived', false);
    discord.fail({ method: 'POST', path: /\/messages$/, with: 403, times: 5 });
    await announce(delivered, 'arrived', false);
    expect(said()).toEqual([]);
    expect(logged).toEqual([
      'Cardigan may not write where a card was sent',
      'a card that was sent could not be announced',
    ]);
  });
});
