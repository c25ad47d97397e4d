import { describe, expect, it } from 'vitest';
import type { CampaignDms } from '../../../src/orders/context.ts';
import { Flagged, NotTried } from '../../../src/orders/model/ports.ts';
import type { DeliveryResult } from '../../../src/outbox/delivery-result.ts';
import { give, people, shown } from '../campaign.ts';
import { anna, ben, confirm, type Desk, openDesk, problemOf, quote } from '../desk.ts';

const admin = { ...anna, isManager: true, isAdmin: true };

const desking = (campaignDms?: CampaignDms) => openDesk({ wrap: (outside) => ({ ...outside, campaignDms }) });
const writtenTo = ({ post }: Desk) =>
  post.parcels.filter(({ order }) => order.campaign).map(({ recipient }) => recipient);

/** What is sent in the background is, once the mailbox was called for so many. */
const sentTo = (desk: Desk, who: readonly string[]) =>
  expect.poll(() => writtenTo(desk).toSorted(), { timeout: 10_000 }).toEqual(who.toSorted());

/** Somebody has bought a card and had it by direct message. */
const buys = async (desk: Desk) => confirm(desk, await quote(desk));

describe('direct messages of campaigns', () => {
  it('are none, unless the operator wants them: the cards are there to be revealed', async () => {
    const desk = await desking();
    await buys(desk);
    const order = await give(desk, ['anna', 'ben']);
    expect(order.status).toBe('held');
    expect(await shown(desk, order, 'ben')).toHaveLength(1);
    expect(writtenTo(desk)).toEqual([]);
  });

  it('go to people who had a code by direct message before, and who have not seen their card', async () => {
    const desk = await desking({ to: 'known' });
    await buys(desk);
    const order = await give(desk, ['anna', 'ben', 'cleo']);
    await sentTo(desk, ['anna']);
    await expect
      .poll(async () => (await desk.stored(order.id)).cards.filter(({ deliveredAt }) => deliveredAt).length)
      .toBe(1);
    const next = await give(desk, ['anna'], { campaign: { id: 'D', charged: order.quote.charged } });
    await expect.poll(async () => (await desk.stored(next.id)).status).toBe('delivered');
    expect(await shown(desk, order, 'ben')).toHaveLength(1);
  });

  it('go to strangers where the operator says so, one at a time, and to nobody who pressed meanwhile', async () => {
    const desk = await desking({ to: 'strangers' });
    const turn = Promise.withResolvers<DeliveryResult>();
    desk.post.post = async () => turn.promise;
    const order = await give(desk, people(3));
    await sentTo(desk, ['member 0']);
    expect(order.status).toBe('held');
    await shown(desk, order, 'member 1');
    turn.resolve('sent');
    await sentTo(desk, ['member 0', 'member 2']);
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
  });

  it.each(['closed', 'failed', 'withheld'] as const)(
    'that are %s leave the card where it was, to be revealed',
    async (how) => {
      const desk = await desking({ to: 'strangers' });
      desk.post.post = async () => how;
      const order = await give(desk, ['ben']);
      await sentTo(desk, ['ben']);
      desk.clock.advance(60 * 60_000);
      await desk.tick();
      expect(writtenTo(desk)).toEqual(['ben']);
      expect((await desk.stored(order.id)).status).toBe('held');
      expect(await shown(desk, order, 'ben')).toHaveLength(1);
    },
  );

  it('that the end of the process overtakes are left, and keep nobody from their card', async () => {
    const desk = await desking({ to: 'strangers' });
    desk.post.post = async () => {
      throw new NotTried('the process ends');
    };
    const order = await give(desk, people(2));
    await sentTo(desk, ['member 0']);
    for (const user of people(2)) expect(await shown(desk, order, user)).toHaveLength(1);
  });
});

describe('a direct message that Discord takes for spam', () => {
  it.each([40003, 20026])(
    'ends those of campaigns, in every process and after a restart, until an admin allows them: %s',
    async (code) => {
      const desk = await desking({ to: 'strangers' });
      desk.post.post = async () => {
        throw new Flagged(code);
      };
      const order = await give(desk, people(3));
      await sentTo(desk, ['member 0']);
      await desk.tick();
      await expect.poll(desk.board.kinds).toEqual(['dms_stopped']);
      desk.post.post = async () => 'sent';
      const other = desk.newProcess();
      await other.recover();
      await other.carryOut(order.id, 'anew');
      await desk.carryOut(order.id, 'anew');
      for (const user of people(3)) expect(await shown(desk, order, user)).toHaveLength(1);
      expect(writtenTo(desk)).toEqual(['member 0']);

      const said = desk.board.notices[0]?.said.at(-1);
      const id = said?.kind === 'dms_stopped' ? said.stop.id : '';
      expect(await problemOf(other.resumeDms(ben, id))).toEqual({ code: 'admins_only' });
      expect(await problemOf(other.resumeDms(admin, 'another'))).toEqual({ code: 'button_unknown' });
      expect((await other.resumeDms(admin, id)).resumed?.by).toBe('anna');
      await give(desk, ['dora'], { campaign: { id: 'D', charged: order.quote.charged } });
      await sentTo(desk, ['dora', 'member 0']);
      // An old button ends no later stop.
      expect((await desk.resumeDms(admin, id)).resumed?.by).toBe('anna');
    },
  );

  it('with codes of /buy ends them as well; opened too fast it is tried again, of a flagged bot it waits to be revealed', async () => {
    const desk = await desking();
    let code = 40003;
    desk.post.post = async () => {
      throw new Flagged(code);
    };
    const fast = await buys(desk);
    expect(fast.cards.map(({ posted }) => posted?.how)).toEqual(['failed']);
    code = 20026;
    const flagged = await buys(desk);
    expect(flagged.cards.map(({ posted }) => posted?.how)).toEqual(['withheld']);
    expect([fast.status, flagged.status]).toEqual(['held', 'held']);
    await desk.tick();
    await expect.poll(desk.board.kinds).toEqual(['dms_stopped']);
    expect(await shown(desk, flagged, 'anna')).toHaveLength(1);
  });
});
