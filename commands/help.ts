import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { helpView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

/** The commands that whoever asks can use now, and no other. */
export const help = ({ rules }: App): Command =>
  command(en.commands.help, {
    reads: true,
    run: async ({ asker, words }) => helpView(asker, await rules.abilitiesOf(asker), words),
  });
