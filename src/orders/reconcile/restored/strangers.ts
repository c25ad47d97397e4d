import { asking } from '../../../catalog/index.ts';
import { type Member, Problem } from '../../../lib/index.ts';
import { isInvolved } from '../../../policy/index.ts';
import { walk } from '../../../store/index.ts';
import type { OrdersContext } from '../../context.ts';
import type { Stop } from '../../model/kill-switch.ts';
import type { Notice } from '../../model/notice.ts';
import { isFinal } from '../../model/state-machine.ts';
import { contentOf, isNoticeSettled } from '../../notify/notice-content.ts';
import { OPEN_NOTICES, syncNotice } from '../../notify/notice-outbox.ts';
import { compareAccount } from '../account.ts';
import { strangerKey } from './fresh-rows.ts';

/** It is nobody's here, as this person says: the question about it is settled. Throws a Problem for whoever is no admin. */
export async function ignoreStranger(ctx: OrdersContext, orderId: number, member: Member): Promise<void> {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  const owner = await ctx.orders.holder(`remote/${orderId}`);
  if (owner !== undefined) {
    const { reference = '' } = (await ctx.orders.get(owner)) ?? {};
    throw new Problem('remote_belongs', { number: orderId, reference });
  }
  await requireUninvolved(ctx, orderId, member);
  const notice = await noteIgnored(ctx, strangerKey({ orderId }), member.user);
  ctx.log.warn({ order: orderId, by: member.user }, 'an order of CardPlusPay was said to be nobody of ours');
  await syncNotice(ctx, notice);
}

/** While people still decide about an order that it may be, nobody says of their own that it is not. */
async function requireUninvolved({ orders, noticeRecords }: OrdersContext, orderId: number, member: Member) {
  const about = (await noticeRecords.get(strangerKey({ orderId })))?.about;
  for (const reference of about?.kind === 'stranger' ? about.perhaps : []) {
    const order = await orders.byReference(reference);
    if (order && !isFinal(order.status) && isInvolved(order, member)) throw new Problem('own_review', { reference });
  }
}

async function noteIgnored(ctx: OrdersContext, key: string, by: string): Promise<Notice> {
  const known = await ctx.noticeRecords.get(key);
  if (known?.about.kind !== 'stranger') throw new Problem('button_unknown', {});
  if (known.about.ignored) return known;
  const { version, ...rest } = known;
  const next = { ...rest, about: { ...known.about, ignored: { at: ctx.clock.now(), by } } };
  const written = await ctx.noticeRecords.write(key, next, { seen: version, tags: [OPEN_NOTICES], holds: [] });
  return written.ok ? { ...next, version: written.version } : noteIgnored(ctx, key, by);
}

/**
 * Throws `restored_open` while something that CardPlusPay has and a restored store has not waits for a person, and a
 * Problem where the list could not be compared: nobody knows then.
 */
export async function requireStrangersSettled(ctx: OrdersContext, stop: Stop): Promise<void> {
  if (stop.why !== 'restored' || stop.resumed) return;
  // Anew: a process that stood by meanwhile has compared before there was anything to ask.
  await asking(compareAccount(ctx));
  let left = 0;
  for await (const notice of walk(ctx.noticeRecords, OPEN_NOTICES)) {
    if (notice.about.kind !== 'stranger') continue;
    const content = await contentOf(ctx, notice);
    if (content && !isNoticeSettled(content)) left++;
  }
  if (left > 0) throw new Problem('restored_open', { left });
}
