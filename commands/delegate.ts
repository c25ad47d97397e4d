import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { appointedView, delegationsView, endedView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { completeFrom, memberOption, textOption } from './shared/option.ts';

export const delegate = ({ delegating }: App): Command =>
  command(en.commands.delegate, {
    options: { member: memberOption, until: textOption(40, completeFrom(en.delegates.offered)) },
    async run({ asker, words }, { member, until }) {
      if (member === undefined && until === undefined) return delegationsView(await delegating.of(asker), words);
      if (member === undefined || until === undefined) throw new Problem('delegate_incomplete', {});
      const wished = { delegate: member, until, says: words.rewardTimes.says };
      return appointedView(await delegating.name(asker, wished), words);
    },
    presses: {
      'delegate.end': {
        acknowledge: 'update',
        press: async ({ asker, words }) => endedView(await delegating.end(asker), words),
      },
    },
  });
