import { type Member, Problem } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import type { DmStop } from '../model/kill-switch.ts';

/** Puts on record that Discord takes direct messages for spam; admins hear of it in the next round. */
export async function stopDms({ dmStops, log }: OrdersContext, code: number): Promise<void> {
  if (await dmStops.stop(code)) log.error({ code }, 'Discord takes direct messages for spam: those of campaigns end');
}

/** An admin says that they go on. What they press names its stop, so that an old one does not end a new one. Throws a Problem. */
export async function resumeDms({ dmStops, log }: OrdersContext, member: Member, id: string): Promise<DmStop> {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  const stop = await dmStops.resume(id, member.user);
  if (!stop) throw new Problem('button_unknown', {});
  log.warn({ by: member.user }, 'direct messages of campaigns may go on');
  return stop;
}
