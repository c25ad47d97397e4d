import type { Cut } from '../../cardpluspay/index.ts';
import { dayOf, isMoreThan } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import type { About } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import { enqueueNotice, isNoticed } from './notice-outbox.ts';

type NoticeContext = Pick<OrdersContext, 'noticeRecords' | 'clock' | 'log'>;

/**
 * Tells admins what is odd in what CardPlusPay says of a bought order. It is on record with the order: after a crash
 * before this, the next comparison of the account tells it. Once for each.
 */
export async function tellOfAnswer(ctx: NoticeContext, { id, remote, quote }: Order): Promise<void> {
  if (!remote) return;
  const { charged, stated, cut } = remote;
  const facts = { order: id, quoted: quote.charged, charged };
  if (isMoreThan(charged, quote.charged)) {
    const said = 'CardPlusPay charged more than the quote';
    await tellOnce(ctx, `charged-more/${id}`, { kind: 'charged_more', order: id }, facts, said);
  }
  if (stated !== undefined) {
    const said = 'CardPlusPay says too little of what it charged: the order counts in full';
    const key = `charged-unclear/${id}`;
    await tellOnce(ctx, key, { kind: 'charged_unclear', order: id }, { ...facts, stated }, said);
  }
  if (cut) await tellOfCut(ctx, id, cut);
}

/** Tells them that an answer had more in it than is kept. */
export function tellOfCut(ctx: NoticeContext, id: string, cut: readonly Cut[]): Promise<void> {
  const about: About = { kind: 'answer_cut', order: id, cut: [...cut] };
  return tellOnce(ctx, `answer-cut/${id}`, about, { order: id, cut }, 'an answer was longer than is kept');
}

async function tellOnce(ctx: NoticeContext, key: string, about: About, facts: object, said: string): Promise<void> {
  if (await isNoticed(ctx, key)) return;
  ctx.log.warn(facts, said);
  await enqueueNotice(ctx, key, about);
}

/** Tells them what of the catalog is not offered, or not as it came: at most once a month, for it may stay so. */
export async function tellOfCatalog(ctx: NoticeContext & Pick<OrdersContext, 'shop'>): Promise<void> {
  const { skipped, cut, isCut } = ctx.shop.oddities();
  if (skipped === 0 && cut === 0 && !isCut) return;
  const month = dayOf(ctx.clock.now()).slice(0, 'yyyy-mm'.length);
  await enqueueNotice(ctx, `catalog-odd/${month}`, { kind: 'catalog_odd', skipped, cut, isCut });
}
