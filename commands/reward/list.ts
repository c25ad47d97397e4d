import { en } from '../../src/i18n/index.ts';
import { campaignListView } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { type Subcommand, subcommand } from '../shared/define.ts';
import { pagedList } from '../shared/paged-list.ts';
import { panelOf } from './decide.ts';
import { campaignEdits } from './edit.ts';

/** The campaigns that somebody may see to, and the panel of each. */
export function list(app: App): Subcommand {
  const { campaigns, queries } = app;
  const pages = pagedList(queries, 'campaigns', campaigns.list, campaignListView);
  const edits = campaignEdits(app);
  return subcommand(en.commands.reward.list, {
    run: (moment) => pages.begin(moment, {}),
    presses: {
      'campaigns.page': pages.turn,
      'campaigns.open': {
        acknowledge: 'update',
        press: async (moment, here, [id = '']) => panelOf(app, moment, await campaigns.own(id, moment.asker), [], here),
      },
      ...edits.presses,
    },
    submits: edits.submits,
  });
}
