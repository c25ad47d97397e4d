import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { eraseSureView, erasingView, privacyFileView, privacyKeptView, privacyView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

/** Whoever presses gets and erases what is kept of themselves in that server: no button names anybody. */
export const privacy = ({ privacy: kept }: App): Command =>
  command(en.commands.privacy, {
    run: async ({ asker, words }) => privacyView(await kept.own(asker), words),
    presses: {
      'privacy.file': {
        acknowledge: 'ephemeral',
        press: async ({ asker, words }) => privacyFileView(await kept.ownFile(asker, words.privacy.file), words),
      },
      'privacy.erase': {
        acknowledge: 'ephemeral',
        press: async ({ asker, words }) => eraseSureView(await kept.own(asker), words),
      },
      'privacy.sure': {
        acknowledge: 'update',
        press: async ({ asker, words }) => erasingView(await kept.eraseOwn(asker), words),
      },
      'privacy.keep': { acknowledge: 'update', press: async ({ words }) => privacyKeptView(words) },
    },
  });
