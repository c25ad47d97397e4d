import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { auditPartView, auditView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { auditPart } from './shared/audit-export.ts';
import { command } from './shared/define.ts';
import { choiceOption, memberOption, textOption } from './shared/option.ts';
import { pagedList } from './shared/paged-list.ts';

export function audit(app: App): Command {
  const { queries } = app;
  const pages = pagedList(
    queries,
    'audit',
    async (asker, page, { filter, back }) => ({ ...(await app.audit.lines(asker, filter, page)), back }),
    (list, words) => auditView(list, words),
  );
  const parts = pagedList(
    queries,
    'auditExport',
    (asker, { before }, { filter }, words) => auditPart(app.audit, asker, { filter, before }, words),
    (list, words) => auditPartView(list, words),
  );

  return command(en.commands.audit, {
    isForManagers: true,
    options: {
      member: memberOption,
      order: textOption(20),
      since: textOption(20),
      kind: choiceOption(en.commands.auditKinds),
    },
    async run(moment, typed) {
      const filter = await app.audit.choose(moment.asker, typed, moment.words.rewardTimes.says);
      return pages.begin(moment, { filter });
    },
    presses: {
      'audit.page': pages.turn,
      'audit.open': {
        acknowledge: 'update',
        press: (moment, back, [order]) => pages.begin(moment, { filter: { order }, back }),
      },
      'audit.file': {
        acknowledge: 'ephemeral',
        async press(moment, list) {
          const { filter } = await queries.recall('audit', list, moment.asker.user);
          return parts.begin(moment, { filter });
        },
      },
      // A message of its own: the part before it stays.
      'audit.part': { ...parts.turn, acknowledge: 'ephemeral' },
    },
  });
}
