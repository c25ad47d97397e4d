import type { AlertSetting } from '../../../policy/index.ts';
import { unlessUnreadable } from '../../../store/index.ts';
import type { OrdersContext } from '../../context.ts';
import type { NoticeContent } from '../../model/ports.ts';

type WithPolicies = Pick<OrdersContext, 'policies' | 'ownerGuild'>;

/** Whether admins of that server are told of such things; without one, those of the first server. Settings that cannot be read silence nothing. */
export async function isAlertOn(
  { policies, ownerGuild }: WithPolicies,
  alert: AlertSetting,
  guild = ownerGuild,
): Promise<boolean> {
  const policy = await unlessUnreadable(() => policies.of(guild), undefined);
  return policy === undefined || !policy.alertsOff.includes(alert);
}

/** Notices whose like an admin may turn off, though they follow from nothing that would come again. */
const settingOf: Partial<Record<NoticeContent['kind'], AlertSetting>> = {
  stranger: 'books',
  amount_differs: 'books',
  charged_more: 'books',
  charged_unclear: 'books',
};

/** Whether such a notice is to be told at all. One that is told already stays, and is kept true; a question is always asked. */
export async function isNoticeOn(ctx: WithPolicies, content: NoticeContent): Promise<boolean> {
  const isQuestion = content.kind === 'stranger' && content.isAsked === true;
  const alert = isQuestion ? undefined : settingOf[content.kind];
  return alert === undefined || isAlertOn(ctx, alert);
}
