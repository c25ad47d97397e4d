import type { Case, Order } from '../../orders/index.ts';
import type { MessageResult } from '../../outbox/index.ts';
import type { NamedDelegate } from '../../policy/index.ts';
import { caseNotificationView, delegateNotificationView } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { attempt, calling, type DiscordFailure } from '../errors.ts';
import { sendOnce } from '../messages/direct-messages.ts';

type DirectContext = Pick<DiscordContext, 'directMessages' | 'wordsFor' | 'log'>;

/** Tells whoever reported a card how far their case has come, by direct message. */
export function notifyReporter(
  { directMessages, wordsFor, log }: DirectContext,
  record: Case,
  order: Order,
  mayBeOut: boolean,
): Promise<MessageResult> {
  const { id, reporter, locale, history } = record;
  const view = caseNotificationView(record, order, wordsFor(locale));
  const once = { nonce: `c${id}.${history.length}`, mayBeOut, guild: order.guild };
  return resultOf(
    () => sendOnce(directMessages, reporter, view, once),
    (err) => log.warn({ case: id, err }, 'word of a case was not taken'),
  );
}

/** Tells whoever was named a delegate, by direct message, in the language of the guild: theirs is not known. */
export function notifyDelegate(
  { client, directMessages, wordsFor, log }: DirectContext & Pick<DiscordContext, 'client'>,
  named: NamedDelegate,
): Promise<MessageResult> {
  return resultOf(
    async () => {
      const { name, preferredLocale } = await calling(client.guilds.fetch(named.guild));
      const view = delegateNotificationView(named, name, wordsFor(preferredLocale));
      await directMessages.send(named.delegate, view, undefined, named.guild);
    },
    (err) => log.warn({ guild: named.guild, err }, 'a delegate could not be told'),
  );
}

function resultOf(send: () => Promise<unknown>, note: (failure: DiscordFailure) => void) {
  return attempt<MessageResult, MessageResult>(
    async () => {
      await send();
      return 'sent';
    },
    (failure) => {
      note(failure);
      return failure.kind === 'closed' ? 'closed' : 'failed';
    },
  );
}
