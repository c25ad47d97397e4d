import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { auditFileView, auditView, MOST_ROWS } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { memberOption, textOption } from './shared/option.ts';
import { pagedList } from './shared/paged-list.ts';

export function audit(app: App): Command {
  const { queries } = app;
  const pages = pagedList(
    queries,
    'audit',
    (asker, page, { filter }) => app.audit.entries(asker, filter, page),
    (list, words) => auditView(list, words),
  );

  return command(en.commands.audit, {
    isForManagers: true,
    options: { member: memberOption, order: textOption(20), since: textOption(20) },
    async run(moment, typed) {
      const filter = await app.audit.choose(moment.asker, typed, moment.words.rewardTimes.says);
      return pages.begin(moment, { filter });
    },
    presses: {
      'audit.page': pages.turn,
      'audit.file': {
        acknowledge: 'ephemeral',
        async press({ asker, words }, list) {
          const { filter } = await queries.recall('audit', list, asker.user);
          const { entries, next } = await app.audit.entries(asker, filter, { limit: MOST_ROWS });
          return auditFileView(entries, next !== undefined, words);
        },
      },
    },
  });
}
