import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../src/discord/messages/rate-limit.ts';
import { sendCodes as deliverParcel } from '../../../src/discord/notify/codes.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { Flagged, NotTried } from '../../../src/orders/model/ports.ts';
import type { Code } from '../../../src/orders/model/raw-answer.ts';
import { createScriptedClock, until } from '../../orders/scripted-clock.ts';
import { cards, orderIn, remote } from '../../views/samples.ts';
import { type Stage, startStage } from '../stage.ts';

const NONCE_FORGOTTEN_MS = 10 * 60_000;

const many = (count: number, value = '7694269'): Code[] =>
  Array.from({ length: count }, (_, index) => ({
    code: `CODE-${1000 + index}`,
    metadata: [{ name: 'Pin', value }],
  }));

/** So long that each message takes two cards. */
const long = () => many(4, 'x'.repeat(1300));

async function start() {
  const stage = await startStage();
  const clock = createScriptedClock();
  const { alice, ctx } = stage;
  const rateLimit = createRateLimit({ perMinute: 60, clock });
  const bought = {
    ...orderIn('bought', undefined, { remote, cards: cards(2) }),
    requester: alice.id,
  };
  const deliver = (codes: readonly Code[], mayBeOut = false, one: Order = bought, number = 0) =>
    deliverParcel({ ...ctx, rateLimit }, { order: one, number, recipient: alice.id, codes, mayBeOut });
  const dms = () => stage.discord.dmsOf(alice.id);
  const seen = () => dms().map((dm) => [dm.text, ...dm.attachments.map(({ text }) => text)].join('\n'));
  const part: Order = { ...bought, campaign: { id: 'C1', charged: bought.quote.charged } };
  const give = (number: number) => deliver(many(1), false, part, number);
  return { ...stage, bought, deliver, give, dms, seen, clock, rateLimit };
}

const sends = ({ discord }: Stage) =>
  discord.requests.filter(({ method, path }) => method === 'POST' && /\/messages$/.test(path));
const nonces = (stage: Stage) => sends(stage).map(({ body }) => body as { nonce: string; enforce_nonce: boolean });

describe('codes on their way to their recipient', () => {
  it('come by direct message, under a nonce that Discord takes once', async () => {
    const stage = await start();
    expect(await stage.deliver(long())).toBe('sent');
    expect(stage.dms()).toHaveLength(2);
    for (const { code } of long()) expect(stage.seen().join().split(code)).toHaveLength(2);
    const given = nonces(stage);
    expect(new Set(given.map(({ nonce }) => nonce)).size).toBe(2);
    for (const { nonce, enforce_nonce } of given) {
      expect(nonce.length).toBeLessThanOrEqual(25);
      expect(enforce_nonce).toBe(true);
    }
    expect(await stage.deliver(long())).toBe('sent');
    expect(stage.dms()).toHaveLength(2);
  });

  it('keep to Discord’s limit for a nonce with the longest order id and the highest numbers', async () => {
    const stage = await start();
    const longest = { ...stage.bought, id: 'Z'.repeat(16) };
    expect(await stage.deliver(long(), false, longest, 9999)).toBe('sent');
    expect(nonces(stage).every(({ nonce }) => nonce.length <= 25)).toBe(true);
  });

  it('come as a file when they are many', async () => {
    const stage = await start();
    expect(await stage.deliver(many(12))).toBe('sent');
    const [dm] = stage.dms();
    expect(dm?.text).not.toContain('CODE-');
    expect(dm?.attachments.map(({ filename }) => filename)).toEqual(['cards-K7Q2M9-1.csv']);
    for (const { code } of many(12)) expect(dm?.attachments[0]?.text.split(code)).toHaveLength(2);
  });

  it('as a file are found again once Discord has forgotten their nonce, and another file is not taken for them', async () => {
    const stage = await start();
    expect(await stage.deliver(many(12))).toBe('sent');
    stage.discord.advance(NONCE_FORGOTTEN_MS);
    expect(await stage.deliver(many(12), true)).toBe('sent');
    expect(stage.dms()).toHaveLength(1);
    expect(await stage.deliver(many(12), true, stage.bought, 1)).toBe('sent');
    expect(stage.dms()).toHaveLength(2);
  });

  it('that nobody takes are "closed", and nothing of them is logged', async () => {
    const stage = await start();
    stage.discord.closeDms(stage.alice.id);
    expect(await stage.deliver(many(2))).toBe('closed');
    expect(stage.logged('with codes was not taken')?.facts).toMatchObject({
      order: stage.bought.id,
      err: { kind: 'closed', code: 50007 },
    });
    expect(JSON.stringify(stage.log)).not.toContain('CODE-');
  });

  it('for somebody who shares no server any more are "closed", too', async () => {
    const stage = await start();
    stage.discord.removeMember(stage.guild.id, stage.alice.id);
    expect(await stage.deliver(many(2))).toBe('closed');
  });

  it('are tried again while Discord has a fault, and then "failed"', async () => {
    const stage = await start();
    const fault = stage.discord.fail({ method: 'POST', path: /\/messages$/, times: 2, with: 500 });
    expect(await stage.deliver(many(2))).toBe('sent');
    expect(fault.hits).toBe(2);
    stage.discord.fail({ method: 'POST', path: /\/messages$/, times: 10, with: 500 });
    expect(await stage.deliver(many(2), false, stage.bought, 1)).toBe('failed');
    expect(sends(stage).length).toBeGreaterThan(4);
    expect(stage.dms()).toHaveLength(1);
  });

  it.each([
    ['429 Too Many Requests', { with: 429, retryAfter: 0.05 }],
    ['500 before it had any effect', { with: 500 }],
    ['500 after it had its effect', { with: 500, after: true }],
  ] as const)('are sent again under the same nonce after %s', async (_, fault) => {
    const stage = await start();
    stage.discord.fail({ method: 'POST', path: /\/messages$/, times: 2, ...fault });
    expect(await stage.deliver(many(2))).toBe('sent');
    const given = nonces(stage).map(({ nonce }) => nonce);
    expect(given).toHaveLength(3);
    expect(new Set(given).size).toBe(1);
    expect(stage.dms()).toHaveLength(1);
  });

  it.each([
    ['before it took them', false, 0],
    ['after it took them', true, 10 * 60_000],
  ])('arrive once when Discord breaks the connection %s, and they are tried later', async (...of) => {
    const [, after, laterMs] = of;
    const stage = await start();
    stage.discord.fail({ method: 'POST', path: /\/messages$/, times: 10, with: 'reset', after });
    expect(await stage.deliver(many(2))).toBe('failed');
    stage.discord.advance(laterMs);
    const given = nonces(stage).length;
    for (let times = 0; times < 10 && (await stage.deliver(many(2), true)) !== 'sent'; times++);
    expect(stage.dms()).toHaveLength(1);
    expect(new Set(nonces(stage).map(({ nonce }) => nonce)).size).toBe(1);
    expect(nonces(stage).length > given).toBe(!after);
  });

  it('arrive once when Discord took them and its answer was lost', async () => {
    const stage = await start();
    stage.discord.fail({ method: 'POST', path: /\/messages$/, after: true, with: 500 });
    expect(await stage.deliver(many(2))).toBe('sent');
    expect(stage.dms()).toHaveLength(1);
  });
});

describe('codes that may be out already', () => {
  it.each([
    ['in a message', many(2)],
    ['in several messages', long()],
    ['in a file', many(12)],
  ])('are not sent again, long after Discord forgot the nonce: %s', async (_, codes) => {
    const stage = await start();
    await stage.deliver(codes);
    const before = stage.seen();
    stage.discord.advance(NONCE_FORGOTTEN_MS);
    expect(await stage.deliver(codes, true)).toBe('sent');
    expect(stage.seen()).toEqual(before);
  });

  it('are sent as far as they are not out', async () => {
    const stage = await start();
    const whole = long();
    await stage.deliver(whole.slice(0, 1));
    stage.discord.advance(NONCE_FORGOTTEN_MS);
    // The first part goes out, the second does not.
    const faults = { method: 'POST', path: /\/messages$/, times: 10, with: 500 } as const;
    const unsubscribe = stage.discord.on('change', () => {
      if (stage.dms().length === 2) {
        unsubscribe();
        fault = stage.discord.fail(faults);
      }
    });
    let fault: ReturnType<typeof stage.discord.fail> | undefined;
    expect(await stage.deliver(whole, false, stage.bought, 1)).toBe('failed');
    fault?.lift();
    stage.discord.advance(NONCE_FORGOTTEN_MS);
    expect(await stage.deliver(whole, true, stage.bought, 1)).toBe('sent');
    expect(stage.dms()).toHaveLength(3);
    expect(stage.seen()[1]).toContain('Part 1 of 2');
    expect(stage.seen()[2]).toContain('Part 2 of 2');
  });

  it('are sent when what is out belongs to another order, another parcel or other cards', async () => {
    const stage = await start();
    await stage.deliver(many(12));
    expect(await stage.deliver(many(12), true, { ...stage.bought, id: '01OTHER', reference: 'ZZZZZZ' })).toBe('sent');
    expect(await stage.deliver(many(12), true, stage.bought, 1)).toBe('sent');
    expect(await stage.deliver(many(2), true, stage.bought, 2)).toBe('sent');
    expect(stage.dms()).toHaveLength(4);
  });

  it('are not sent while nobody can look whether they are out', async () => {
    const stage = await start();
    stage.discord.fail({ method: 'GET', path: /\/messages$/, times: 10, with: 500 });
    expect(await stage.deliver(many(2), true)).toBe('failed');
    expect(stage.dms()).toEqual([]);
  });
});

describe('the codes of a campaign', () => {
  it('go out one after the other with a gap, past which a buyer’s own go at once', async () => {
    const stage = await start();
    const given = [1, 2, 3].map(stage.give);
    expect(await given[0]).toBe('sent');
    await until(() => stage.clock.sleeping() === 1);
    expect(stage.dms()).toHaveLength(1);
    expect(await stage.deliver(many(1), false, stage.bought, 9)).toBe('sent');
    expect(stage.dms()).toHaveLength(2);
    stage.clock.advance(1000);
    expect(await given[1]).toBe('sent');
    await until(() => stage.clock.sleeping() === 1);
    stage.clock.advance(1000);
    expect(await given[2]).toBe('sent');
    expect(stage.dms()).toHaveLength(4);
  });

  it('that wait when the process ends are not tried', async () => {
    const stage = await start();
    const given = [1, 2, 3].map(stage.give);
    expect(await given[0]).toBe('sent');
    await until(() => stage.clock.sleeping() === 1);
    stage.rateLimit.stop();
    await expect(given[1]).rejects.toBeInstanceOf(NotTried);
    await expect(given[2]).rejects.toBeInstanceOf(NotTried);
    await expect(stage.give(4)).rejects.toBeInstanceOf(NotTried);
    expect(stage.dms()).toHaveLength(1);
    expect(await stage.deliver(many(1), false, stage.bought, 9)).toBe('sent');
  });

  it.each([
    ['that they come too fast', false, 40003],
    ['that the bot is flagged', true, 20026],
  ])('are told apart from what only failed when Discord says %s', async (_, flagged, code) => {
    const stage = await start();
    stage.clock.flows = true;
    stage.discord.takeDmsForSpam({ flagged });
    await expect(stage.give(1)).rejects.toMatchObject({ name: 'Flagged', code });
    await expect(stage.deliver(many(1), false, stage.bought, 9)).rejects.toBeInstanceOf(Flagged);
    stage.discord.takeDmsForSpam({ times: 0 });
    expect(await stage.give(2)).toBe('sent');
    expect(JSON.stringify(stage.log)).not.toContain('CODE-');
  });

  it('that a closed inbox refuses are "closed", and the next ones go on', async () => {
    const stage = await start();
    stage.clock.flows = true;
    stage.discord.closeDms(stage.alice.id);
    expect(await stage.give(1)).toBe('closed');
    stage.discord.closeDms(stage.alice.id, false);
    expect(await stage.give(2)).toBe('sent');
  });
});
