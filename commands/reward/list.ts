import type { Asker } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { campaignListView } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { type Subcommand, subcommand } from '../shared/define.ts';
import { serverOption } from '../shared/option.ts';
import { type PageWanted, pagedList } from '../shared/paged-list.ts';
import { panelOf } from './decide.ts';
import { campaignEdits } from './edit.ts';
import { campaignMoves } from './move.ts';

/** The campaigns that somebody may see to, and the panel of each. */
export function list(app: App): Subcommand {
  const { campaigns, orders, queries } = app;
  const pages = pagedList(
    queries,
    'campaigns',
    async (asker: Asker, page: PageWanted, { everywhere }: { everywhere?: boolean | undefined }) => {
      if (everywhere) return campaigns.listEverywhere(asker, page);
      const isFirst = page.before === undefined;
      const onHand = isFirst ? await orders.onHandFor(asker) : [];
      const templates = isFirst ? await campaigns.templates(asker) : [];
      return { ...(await campaigns.list(asker, page)), onHand, templates };
    },
    campaignListView,
  );
  const edits = campaignEdits(app);
  const moves = campaignMoves(app);
  return subcommand(en.commands.reward.list, {
    options: { server: serverOption },
    reads: true,
    run: (moment, { server }) => pages.begin(moment, { everywhere: server === 'all' }),
    presses: {
      'campaigns.page': pages.turn,
      'campaigns.open': {
        acknowledge: 'update',
        reads: true,
        press: async (moment, here, [id = '']) =>
          panelOf(app, moment, await campaigns.own(id, moment.asker), [], { back: here }),
      },
      ...edits.presses,
      ...moves.presses,
    },
    submits: { ...edits.submits, ...moves.submits },
  });
}
