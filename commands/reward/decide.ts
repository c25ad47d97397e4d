import type { Campaign } from '../../src/campaigns/index.ts';
import type { Moment, PressHandler } from '../../src/discord/index.ts';
import { campaignPanel, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';

/** A campaign as whoever looks at it may go on with it, and how far it has come. `back`: to the page of a list. */
export async function panelOf(
  { campaigns }: App,
  { asker, words }: Pick<Moment, 'asker' | 'words'>,
  campaign: Campaign,
  notes: readonly string[] = [],
  back?: string,
): Promise<View> {
  const open = await campaigns.actionsOf(campaign, asker);
  const hasBegun = campaign.startedAt !== undefined;
  const tally = hasBegun ? { tally: await campaigns.statsOf(campaign) } : {};
  return campaignPanel(campaign, { ...open, ...tally, notes, back }, words);
}

/** The buttons of a campaign's panel that need no more than a press, by what they do. */
export function decisionPresses(app: App): Record<string, PressHandler> {
  const { campaigns } = app;
  const { guildOf } = campaigns;

  const deciding = (
    decide: (id: string, asker: Moment['asker']) => Promise<Campaign>,
  ): PressHandler => ({
    acknowledge: 'update',
    guildOf,
    press: async (moment, id) => panelOf(app, moment, await decide(id, moment.asker)),
  });

  /** From the message that everybody reads, which stays as it is. */
  const open: PressHandler = {
    acknowledge: 'ephemeral',
    guildOf,
    press: async (moment, id) => panelOf(app, moment, await campaigns.own(id, moment.asker)),
  };

  /** Where there is only something to send once more, nothing is to be confirmed. */
  const retry: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const campaign = await campaigns.tryAgain(id, moment.asker);
      const notes = campaign.state === 'ended' ? [moment.words.bulk.sentAgain] : [];
      return panelOf(app, moment, campaign, notes);
    },
  };

  return {
    'campaign.open': open,
    'campaign.confirm': deciding(campaigns.confirm),
    'campaign.ask': deciding(campaigns.ask),
    'campaign.cancel': deciding(campaigns.cancel),
    'campaign.pause': deciding(campaigns.pause),
    'campaign.go_on': deciding(campaigns.goOn),
    'campaign.end_early': deciding(campaigns.endEarly),
    'campaign.reprice': deciding(campaigns.reprice),
    'campaign.retry': retry,
  };
}
