import type { Client } from 'discord.js';
import type { DelegateWord } from '../approvals/delegating.ts';
import type { Words } from '../i18n/words.ts';
import type { OrderLog } from '../orders/ports.ts';
import { delegateWordView } from '../views/delegates.ts';
import type { DirectMessages } from './direct-messages.ts';
import { calling, DiscordFailure } from './failure.ts';

interface Parts {
  client: Client;
  directMessages: DirectMessages;
  wordsFor(locale: string): Words;
  log: OrderLog;
}

/** Word to whoever was named a delegate, by direct message, in the language of the guild: theirs is not known. */
export function createDelegateWord(parts: Parts): DelegateWord {
  const { client, directMessages, wordsFor, log } = parts;
  return {
    async tell(named) {
      try {
        const { name, preferredLocale } = await calling(client.guilds.fetch(named.guild));
        const view = delegateWordView(named, name, wordsFor(preferredLocale));
        await directMessages.send(named.delegate, view);
        return 'sent';
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ guild: named.guild, err }, 'a delegate could not be told');
        return err.kind === 'closed' ? 'closed' : 'failed';
      }
    },
  };
}
