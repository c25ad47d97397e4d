import { type Directory, type Log, Problem } from '../../lib/index.ts';
import type { Orders } from '../../orders/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import { entriesIn } from '../model/entry.ts';

interface Parts {
  entries: Pick<EntryBook, 'walk' | 'revise'>;
  directory: Pick<Directory, 'find'>;
  orders: Pick<Orders, 'ofCampaign' | 'carryOut'>;
  log: Log;
}

/** What can be done for those of a bulk send who have no card in their hands at its end. */
export function createRetrying({ entries, directory, orders, log }: Parts) {
  /** Of those who could get no card, whoever is here by now is to get one. */
  async function revive({ id, guild }: Campaign): Promise<void> {
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
  async function sendAnew({ id }: Campaign): Promise<boolean> {
    let isSending = false;
    for await (const order of orders.ofCampaign(id, 'open')) {
      isSending = true;
      orders.carryOut(order.id, 'anew').catch((err: unknown) => {
        log.error({ campaign: id, order: order.id, err }, 'its cards could not be sent once more');
      });
    }
    return isSending;
  }

  return { revive, sendAnew };
}

export type Retrying = ReturnType<typeof createRetrying>;
