import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/dates/calendar.ts';
import { noticeSchema } from '../../src/orders/model/notice.ts';
import { enqueueNotice } from '../../src/orders/notify/notice-outbox.ts';
import { edit } from '../store/with-the-key.ts';
import { EACH, part, people } from './campaign.ts';
import { anna, type Desk, olga, openDesk, quote } from './desk.ts';
import { lose, pass } from './losing.ts';
import { ITEM } from './vendor.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What somebody does to a record who can write to the database and has no key. */
const spoil = (desk: Desk, namespace: string, key: string) =>
  edit(desk.file, namespace, key, (record) => Object.assign(record, { x: 1 }));

/** What admins were told of records, each by its place. */
const told = ({ board }: Desk) =>
  board.notices.flatMap(({ said: [content] }) =>
    content?.kind === 'unreadable' ? `${content.namespace}/${content.key}` : [],
  );

describe('a record that cannot be read, of those that others meet', () => {
  it('that is the notice of a month keeps nothing from being told', async () => {
    const desk = await openDesk();
    const key = `catalog-odd/${dayOf(desk.clock.now()).slice(0, 7)}`;
    const about = { kind: 'catalog_odd' as const, skipped: 1, cut: 0, isCut: false };
    await enqueueNotice({ noticeRecords: desk.store.records('notices', noticeSchema), clock: desk.clock }, key, about);
    spoil(desk, 'notices', key);
    desk.outside.shop.oddities = () => ({ skipped: 1, cut: 0, isCut: false });
    const { stop } = await desk.stopPurchases(olga);
    await desk.tick();
    expect(desk.board.notices.flatMap(({ said }) => said)).toContainEqual(
      expect.objectContaining({ kind: 'stop', stop: expect.objectContaining({ id: stop.id }) }),
    );
    expect(told(desk)).toEqual([`notices/${key}`]);
  });

  it('that is the notice of an answer holds back no codes', async () => {
    const desk = await openDesk();
    const { id } = await quote(desk);
    const noticeRecords = desk.store.records('notices', noticeSchema);
    await enqueueNotice({ noticeRecords, clock: desk.clock }, `charged-more/${id}`, {
      kind: 'charged_more',
      order: id,
    });
    spoil(desk, 'notices', `charged-more/${id}`);
    desk.vendor.before = async (call) => {
      if (call === 'createOrder') desk.vendor.prices[ITEM] = '5.00';
    };
    expect((await desk.confirm(id, anna)).status).toBe('delivered');
  });

  it('that is an order which a card on hand went into keeps nobody else from buying', async () => {
    const desk = await openDesk();
    const pool = { ...part(desk, people(1)), recipients: [], campaign: { id: 'C', charged: EACH, pool: 0 } };
    const source = await desk.carryOut((await desk.commission(pool)).id);
    await desk.putOnHand(source.id);
    const order = await quote(desk);
    const dying = desk.newProcess((outside) => ({
      ...outside,
      store: {
        ...outside.store,
        vault: (schema) => ({ ...outside.store.vault(schema), seal: () => new Promise(() => {}) }),
      },
    }));
    void dying.confirm(order.id, anna);
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('bought');
    spoil(desk, 'orders', order.id);
    const other = await quote(desk, { member: olga });
    expect(await desk.confirm(other.id, olga)).toMatchObject({ status: 'delivered', remote: { orderId: 1002 } });
  });

  it('that is the budget of a lost order keeps nobody from its codes, once it is found', async () => {
    const desk = await openDesk();
    desk.vendor.listed = () => [];
    const { id } = await lose(desk);
    await pass(desk, 27 * HOUR, [desk], 10 * MINUTE);
    expect((await desk.stored(id)).status).toBe('closed');
    const { history } = await desk.stored(id);
    spoil(desk, 'budgets', `day/${dayOf(history[0]?.at ?? 0)}`);
    const decided = await desk.decide(id, olga, { kind: 'ours', orderId: 1001 });
    expect(decided.status).toBe('bought');
    await pass(desk, 2 * MINUTE);
    expect(desk.post.parcels.map(({ recipient }) => recipient)).toEqual(['anna']);
  });

  it('that is a budget refuses an order that cards on hand would serve, as any other', async () => {
    const desk = await openDesk();
    const budgets = [{ scope: { kind: 'guild' as const }, period: 'month' as const, limit: '50' }];
    await desk.policies.change('guild', 'olga', (before) => ({ ...before, budgets }));
    const pool = { ...part(desk, people(1)), recipients: [], campaign: { id: 'C', charged: EACH, pool: 0 } };
    const source = await desk.carryOut((await desk.commission(pool)).id);
    await desk.putOnHand(source.id);
    const order = await desk.commission(part(desk, ['dora']));
    spoil(desk, 'budgets', 'guild/guild/month/2026-03');
    const ended = await desk.carryOut(order.id);
    expect(ended.history.at(-1)).toMatchObject({ status: 'failed', why: 'record_unreadable', detail: 'budgets' });
  });
});
