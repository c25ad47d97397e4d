import { describe, expect, it } from 'vitest';
import { newsOf } from '../../src/campaigns/messages/news.ts';
import { entrySchema } from '../../src/campaigns/model/entry.ts';
import { CardPlusPayError } from '../../src/cardpluspay/error.ts';
import type { Outside } from '../orders/outside.ts';
import {
  anna,
  ben,
  bought,
  campaignNow,
  cleo,
  confirmed,
  counted,
  ITEM,
  movedOn,
  olga,
  openRewardDesk,
  plan,
  problemOf,
  received,
} from './desk.ts';

const HOUR_MS = 60 * 60_000;

describe('a drop whose cards are bought at its start', () => {
  it('gives what was claimed even if the cards could only be bought once all were claimed', async () => {
    const desk = await openRewardDesk();
    const planned = await plan(desk, { buysAtStart: true });
    let isReachable = false;
    desk.vendor.before = async (call) => {
      if (call === 'checkStock' && !isReachable) throw new CardPlusPayError('timeout', 'unknown', 'no network');
    };
    await confirmed(desk, planned).catch(() => undefined);
    isReachable = true;
    for (const member of [ben, cleo, olga]) await desk.campaigns.claimDrop(planned.id, member);
    expect((await movedOn(desk, planned.id)).state).toBe('closing');
    desk.clock.advance(HOUR_MS);
    expect((await movedOn(desk, planned.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ ben: 1, cleo: 1, olga: 1 });
    expect(bought(desk)).toBe(3);
  });

  it('buys no more than was claimed once its time is over', async () => {
    const desk = await openRewardDesk();
    const planned = await plan(desk, { buysAtStart: true, endsAt: desk.clock.now() + HOUR_MS });
    let isReachable = false;
    desk.vendor.before = async (call) => {
      if (call === 'checkStock' && !isReachable) throw new CardPlusPayError('timeout', 'unknown', 'no network');
    };
    await confirmed(desk, planned).catch(() => undefined);
    isReachable = true;
    await desk.campaigns.claimDrop(planned.id, ben);
    desk.clock.advance(HOUR_MS);
    await movedOn(desk, planned.id);
    desk.clock.advance(HOUR_MS);
    expect((await movedOn(desk, planned.id)).state).toBe('ended');
    expect(await received(desk)).toEqual({ ben: 1 });
    expect(bought(desk)).toBe(1);
  });

  it('is left to people once paid cards have waited a day for Discord to say who is a member, and goes on when they say so', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, { buysAtStart: true, endsAt: desk.clock.now() + HOUR_MS }));
    desk.guild.isKnown = false;
    await desk.campaigns.claimDrop(drop.id, ben);
    const states = new Set<string>();
    for (let hour = 0; hour < 24; hour++) {
      states.add((await movedOn(desk, drop.id)).state);
      desk.clock.advance(HOUR_MS);
    }
    expect([...states]).toEqual(['running', 'closing']);
    const halted = await movedOn(desk, drop.id);
    expect([halted.state, halted.history.at(-1)?.detail]).toEqual(['halted', 'discord_unreachable']);
    expect(newsOf(halted, desk.clock.now())?.kind).toBe('halted');
    expect([bought(desk), await received(desk)]).toEqual([3, {}]);
    desk.guild.isKnown = true;
    await desk.campaigns.goOn(drop.id, anna);
    expect((await movedOn(desk, drop.id)).state).toBe('ended');
    expect([bought(desk), await received(desk)]).toEqual([3, { ben: 1 }]);
  });

  it('is not left to people at the first silence of Discord after a long pause', async () => {
    const desk = await openRewardDesk();
    const drop = await confirmed(desk, await plan(desk, { buysAtStart: true }));
    desk.guild.isKnown = false;
    await desk.campaigns.claimDrop(drop.id, ben);
    desk.clock.advance(48 * HOUR_MS);
    expect((await movedOn(desk, drop.id)).state).toBe('running');
    desk.guild.isKnown = true;
    desk.clock.advance(HOUR_MS);
    await movedOn(desk, drop.id);
    expect(await received(desk)).toEqual({ ben: 1 });
  });
});

describe('a claim that was under way as the drop ended', () => {
  it('is told that it came too late, and nothing waits for it', async () => {
    const desk = await openRewardDesk();
    const planned = await plan(desk, { endsAt: desk.clock.now() + HOUR_MS });
    await confirmed(desk, planned);
    /** Another process, whose write of the claim comes only once the drop is over. */
    const late = desk.openCampaigns((outside) => beforeClaims(outside, endDrop));
    async function endDrop() {
      desk.clock.advance(2 * HOUR_MS);
      expect((await movedOn(desk, planned.id)).state).toBe('ended');
    }
    const problem = await problemOf(late.campaigns.claimDrop(planned.id, ben));
    expect(problem).toMatchObject({ code: 'campaign_over' });
    expect(await counted(desk, planned.id)).toEqual({ failed: 1 });
    expect((await campaignNow(desk, planned.id)).state).toBe('ended');
    expect(bought(desk)).toBe(0);
  });
});

/** Something happens right before the first claim is written. */
function beforeClaims(outside: Outside, happen: () => Promise<void>): Outside {
  let isToCome = true;
  const records: Outside['store']['records'] = (namespace, schema) => {
    const real = outside.store.records(namespace, schema);
    if (namespace !== 'entries' || (schema as unknown) !== entrySchema) return real;
    return {
      ...real,
      async write(...args) {
        if (isToCome) {
          isToCome = false;
          await happen();
        }
        return real.write(...args);
      },
    };
  };
  return { ...outside, store: { ...outside.store, records } };
}

describe('a drop that is called off while something is in the way of its cards', () => {
  it('keeps what was bought for it, and claimed by nobody, on hand for the server', async () => {
    const desk = await openRewardDesk();
    const planned = await plan(desk, { buysAtStart: true });
    await confirmed(desk, planned);
    expect(bought(desk)).toBe(3);
    await desk.campaigns.claimDrop(planned.id, ben);
    await movedOn(desk, planned.id);
    const stuck = { why: 'unclear', at: 0, tries: 1 };
    await desk.ctx.campaigns.revise(planned.id, (campaign) => ({
      ...campaign,
      state: 'halted',
      parts: campaign.parts.map((part) => ({ ...part, blocked: stuck })),
    }));
    await desk.campaigns.cancel(planned.id, anna);
    // Its process ends here: the next one finds what is left of it.
    const next = desk.openCampaigns();
    await next.campaigns.tick();
    await next.campaigns.settled();
    expect((await campaignNow(desk, planned.id)).state).toBe('cancelled');
    expect(await received(desk)).toEqual({ ben: 1 });
    expect(await desk.countOnHand({ guild: 'guild', quote: { itemCode: ITEM } })).toBe(2);
  });
});
