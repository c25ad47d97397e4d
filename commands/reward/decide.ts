import type { Campaign, Campaigns } from '../../src/campaigns/index.ts';
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
  const standing = await campaigns.viewing.standingOf(campaign, asker);
  const hasBegun = campaign.startedAt !== undefined;
  const tally = hasBegun ? { tally: await campaigns.tally.of(campaign) } : {};
  return campaignPanel(campaign, { ...standing, ...tally, notes, back }, words);
}

/** The buttons of a campaign's panel that need no more than a press, by what they do. */
export function decidingPresses(app: App): Record<string, PressHandler> {
  const { campaigns } = app;
  const guildOf = async (id: string) => (await campaigns.book.get(id))?.guild;

  /** Done, and then moved on without anybody waiting for it. */
  const deciding = (
    by: (campaigns: Campaigns) => (id: string, asker: Moment['asker']) => Promise<Campaign>,
  ): PressHandler => ({
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const campaign = await by(campaigns)(id, moment.asker);
      campaigns.kick(id);
      return panelOf(app, moment, campaign);
    },
  });

  /** From the message that everybody reads, which stays as it is. */
  const open: PressHandler = {
    acknowledge: 'ephemeral',
    guildOf,
    async press(moment, id) {
      return panelOf(app, moment, await campaigns.viewing.own(id, moment.asker));
    },
  };

  /** Where there is only something to send once more, nothing is to be confirmed. */
  const retry: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const campaign = await campaigns.steering.retry(id, moment.asker);
      campaigns.kick(id);
      const notes = campaign.state === 'ended' ? [moment.words.bulk.sentAgain] : [];
      return panelOf(app, moment, campaign, notes);
    },
  };

  return {
    'campaign.open': open,
    'campaign.confirm': deciding(({ confirming }) => confirming.confirm),
    'campaign.ask': deciding(({ confirming }) => confirming.ask),
    'campaign.cancel': deciding(({ steering }) => steering.cancel),
    'campaign.pause': deciding(({ steering }) => steering.pause),
    'campaign.go_on': deciding(({ steering }) => steering.goOn),
    'campaign.end_early': deciding(({ steering }) => steering.endEarly),
    'campaign.reprice': deciding(({ steering }) => steering.reprice),
    'campaign.retry': retry,
  };
}
