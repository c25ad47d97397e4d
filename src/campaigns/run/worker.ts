import type { Clock, Log } from '../../lib/index.ts';
import type { Drawing } from '../draw/draw.ts';
import type { CampaignMessages } from '../messages/messages.ts';
import type { Campaign } from '../model/campaign.ts';
import { isOver } from '../model/state-machine.ts';
import type { CampaignBook } from '../repository.ts';
import type { Reserving } from '../reserve.ts';
import type { ConcludingCampaigns } from './finish.ts';
import type { Fulfilling } from './fulfil.ts';
import type { Starting } from './start.ts';

interface Parts {
  book: CampaignBook;
  starting: Starting;
  drawing: Drawing;
  fulfilling: Fulfilling;
  concluding: ConcludingCampaigns;
  reserving: Pick<Reserving, 'settleLeftovers'>;
  messages: Pick<CampaignMessages, 'kick' | 'round' | 'settled'>;
  stopping: AbortController;
  clock: Clock;
  log: Log;
}

/** Moves campaigns on: one at a time takes each of them as far as it goes now. */
export function createRunning(parts: Parts) {
  const { book, starting, drawing, fulfilling, concluding, reserving, messages } = parts;
  const { stopping, clock, log } = parts;
  const under = new Map<string, Promise<void>>();
  /** Something has happened since the run that is under way began. */
  const again = new Set<string>();

  async function advance(id: string): Promise<void> {
    const seen = await book.get(id);
    if (!seen) return;
    await starting.start(await concluding.expire(seen));
    await fulfilling.fulfil(id);
    const now = await book.get(id);
    if (now) await settle(now);
    const last = await book.get(id);
    if (last && isOver(last.state)) await fulfilling.leave(last);
  }

  async function settle(campaign: Campaign): Promise<void> {
    const isRunning = campaign.state === 'running' || campaign.state === 'closing';
    if (!isRunning) return;
    const drawn = await drawing.tick(campaign);
    await fulfilling.fulfil(campaign.id);
    await starting.repeat(drawn);
    const now = await book.get(campaign.id);
    if (now) await concluding.tick(now);
  }

  async function run(id: string): Promise<void> {
    do {
      again.delete(id);
      await advance(id);
    } while (again.has(id) && !stopping.signal.aborted);
  }

  /** In the background; what goes wrong is logged, and taken up in the next round. */
  function move(id: string): void {
    again.add(id);
    if (under.has(id) || stopping.signal.aborted) return;
    const running = run(id)
      .catch((err: unknown) => log.error({ campaign: id, err }, 'a campaign could not be moved on'))
      .finally(() => under.delete(id));
    under.set(id, running);
  }

  /** Resolves when nothing is under way any more. */
  async function settled(): Promise<void> {
    while (under.size > 0) await Promise.allSettled(under.values());
    await messages.settled();
  }

  return {
    /** After somebody has decided about it or pressed something: what is said of it follows at once. */
    kick(id: string): void {
      messages.kick(id);
      move(id);
    },
    settled,
    /** Every few seconds: moves on all that are not over. Does not wait for their purchases. */
    async round(): Promise<void> {
      await reserving.settleLeftovers();
      for await (const { id } of book.active()) move(id);
      await messages.round();
    },
    /** Begins nothing more, and waits for what is under way, at most so long. The next start goes on from there. */
    async stop(withinMs: number): Promise<void> {
      stopping.abort();
      await Promise.race([settled(), clock.sleep(withinMs)]);
    },
  };
}
