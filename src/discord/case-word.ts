import type { Words } from '../i18n/words.ts';
import type { Mailbox, OrderLog } from '../orders/ports.ts';
import { caseWordView } from '../views/case.ts';
import type { DirectMessages } from './direct-messages.ts';
import { DiscordFailure } from './failure.ts';

interface Parts {
  directMessages: DirectMessages;
  wordsFor(locale: string): Words;
  log: OrderLog;
}

/** Word to whoever reported a card of how far their case has come, by direct message. */
export function createCaseWord({
  directMessages,
  wordsFor,
  log,
}: Parts): Pick<Mailbox, 'tellOfCase'> {
  return {
    async tellOfCase(record, order, mayBeOut) {
      const { id, reporter, locale, history } = record;
      const view = caseWordView(record, order, wordsFor(locale));
      try {
        // Discord forgets a nonce after a few minutes: after a longer gap only the message itself tells.
        if (mayBeOut && (await directMessages.isOut(reporter, view))) return 'sent';
        await directMessages.send(reporter, view, `c${id}.${history.length}`);
        return 'sent';
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ case: id, err }, 'word of a case was not taken');
        return err.kind === 'closed' ? 'closed' : 'failed';
      }
    },
  };
}
