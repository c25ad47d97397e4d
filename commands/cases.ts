import type { Command, InteractionContext, ModalOpener } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import type { Case, CaseMove } from '../src/orders/index.ts';
import { CASES_A_PAGE, caseListView, reportedView, reportModal, solveModal, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { decideListed } from './shared/decide.ts';
import { command } from './shared/define.ts';
import { written } from './shared/written.ts';

/** "A code doesn't work", and what admins do about it. */
export function cases({ orders }: App): Command {
  const { guildOf } = orders;

  async function list({ asker, words }: InteractionContext, number: number, moved?: Case): Promise<View> {
    const page = await orders.openCases(asker, { number, size: CASES_A_PAGE });
    return caseListView(page, words, moved);
  }

  const moveListed = (moment: InteractionContext, here: string, to: CaseMove): Promise<View> =>
    decideListed(moment, here, async (id) => (await orders.moveCase(id, moment.asker, to)).record, list);

  /** What it says now, its notice shows: it is edited by whoever has the news. */
  async function move({ asker }: InteractionContext, id: string, to: CaseMove): Promise<undefined> {
    await orders.moveCase(id, asker, to);
  }

  const solve = (verb: string): ModalOpener => ({
    acknowledge: 'modal',
    open: ({ words }, argument) => solveModal(verb, argument, words),
  });

  return command(en.commands.cases, {
    isForManagers: true,
    reads: true,
    run: (moment) => list(moment, 0),
    presses: {
      'case.report': {
        acknowledge: 'modal',
        guildOf,
        open: async ({ asker, words }, id) => reportModal(id, await orders.reportable(id, asker), words),
      },
      'case.sent': { acknowledge: 'update', press: (moment, id) => move(moment, id, { state: 'sent' }) },
      'case.solve': solve('case.solve'),
      'cases.page': { acknowledge: 'update', reads: true, press: (moment, page) => list(moment, Number(page)) },
      'cases.sent': { acknowledge: 'update', press: (moment, here) => moveListed(moment, here, { state: 'sent' }) },
      'cases.solve': solve('cases.solve'),
    },
    submits: {
      'case.report': {
        acknowledge: 'ephemeral',
        guildOf,
        isSecret: true,
        async submit({ asker, words, locale }, id, { said, card }, picked) {
          const which = picked.card?.[0] ?? card;
          const report = { number: which === undefined ? undefined : Number(which), said: written(said), locale };
          return reportedView(await orders.report(id, asker, report), words);
        },
      },
      'case.solve': {
        acknowledge: 'update',
        submit: (moment, id, { how }) => move(moment, id, { state: 'solved', detail: written(how) }),
      },
      'cases.solve': {
        acknowledge: 'update',
        submit: (moment, here, { how }) => moveListed(moment, here, { state: 'solved', detail: written(how) }),
      },
    },
  });
}
