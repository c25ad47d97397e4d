import { Problem } from '../../lib/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { entriesIn } from '../model/entry.ts';

/** Of those of a bulk send who could get no card, whoever is here by now is to get one. Throws `members_not_told`. */
export async function reviveFailed(
  { entries, directory }: Pick<CampaignsContext, 'entries' | 'directory'>,
  { id, guild }: Campaign,
): Promise<void> {
  for await (const { user } of entries.walk(entriesIn(id, 'failed'))) {
    const found = await directory.find(guild, user);
    if (found === 'unknown') throw new Problem('members_not_told', {});
    if (found === 'none') continue;
    await entries.revise(id, user, (entry) => {
      const { why: _, ...rest } = entry;
      return entry.state === 'failed' ? { ...rest, state: 'due' } : entry;
    });
  }
}

/** Nobody waits for it: direct messages go out slowly. False where there is nothing to send. */
export async function sendAgain(
  { orders, log }: Pick<CampaignsContext, 'orders' | 'log'>,
  { id }: Campaign,
): Promise<boolean> {
  let isSending = false;
  for await (const order of orders.ofCampaign(id, 'open')) {
    isSending = true;
    orders.carryOut(order.id, 'anew').catch((err: unknown) => {
      log.error({ campaign: id, order: order.id, err }, 'its cards could not be sent once more');
    });
  }
  return isSending;
}
