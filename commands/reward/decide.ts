import type { Campaign } from '../../src/campaigns/index.ts';
import type { Asker, InteractionContext, PressHandler } from '../../src/discord/index.ts';
import { Problem } from '../../src/lib/index.ts';
import {
  type BulkPreview,
  bulkTo,
  campaignDetailsView,
  campaignFileHeader,
  campaignFileLine,
  campaignFileView,
  campaignPanel,
  parsePage,
  type View,
} from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { showCodes } from '../shared/show-codes.ts';
import { BULK_CALLS, ONE_CALL, PURCHASE_CALLS } from '../shared/vendor-calls.ts';

/** A campaign as whoever looks at it may go on with it, and how far it has come. `back`: to the page of a list. */
export async function panelOf(
  { campaigns, now }: App,
  { asker, words }: InteractionContext,
  campaign: Campaign,
  notes: readonly string[] = [],
  { back, preview }: { back?: string | undefined; preview?: BulkPreview } = {},
): Promise<View> {
  const open = await campaigns.actionsOf(campaign, asker);
  const hasBegun = campaign.startedAt !== undefined;
  const tally = hasBegun ? { tally: await campaigns.statsOf(campaign) } : {};
  const isToBeSent = campaign.kind === 'bulk' && campaign.state === 'planned';
  const people = preview ?? (isToBeSent && bulkTo(campaign, await campaigns.firstRecipients(campaign), words));
  return campaignPanel(
    campaign,
    { ...open, ...tally, notes, back, at: now(), ...(people && { preview: people }) },
    words,
  );
}

/** Also where a press is refused, its panel shows how the campaign stands by then: it may have stood there for long. */
export async function refreshing(
  app: App,
  moment: InteractionContext,
  id: string,
  press: () => Promise<View>,
): Promise<View> {
  try {
    return await press();
  } catch (error) {
    const campaign = error instanceof Problem ? await seenBy(app, moment, id) : undefined;
    if (campaign) await moment.show(await panelOf(app, moment, campaign));
    throw error;
  }
}

/** What its Refresh button carries: the campaign and, where it was opened from a list, the page to go back to. */
function panelAt(here: string): { id: string; back?: string } {
  if (!here.includes('/')) return { id: here };
  const { query: id, page: back } = parsePage(here);
  return { id, back };
}

/** Undefined for whoever may not see to it. */
async function seenBy({ campaigns }: App, { asker }: InteractionContext, id: string): Promise<Campaign | undefined> {
  try {
    return await campaigns.own(id, asker);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** The buttons of a campaign's panel, and of the message that everybody reads, by what they do. */
export function decisionPresses(app: App): Record<string, PressHandler> {
  const { campaigns } = app;
  const { guildOf } = campaigns;

  const deciding = (decide: (id: string, asker: Asker) => Promise<Campaign>, vendorCalls = 0): PressHandler => ({
    acknowledge: 'update',
    guildOf,
    vendorCalls,
    press: (moment, id) =>
      refreshing(app, moment, id, async () => panelOf(app, moment, await decide(id, moment.asker))),
  });

  return {
    'campaign.confirm': deciding(campaigns.confirm, PURCHASE_CALLS),
    'campaign.ask': deciding(campaigns.ask),
    'campaign.cancel': deciding(campaigns.cancel),
    'campaign.pause': deciding(campaigns.pause),
    'campaign.go_on': deciding(campaigns.goOn, PURCHASE_CALLS),
    'campaign.end_early': deciding(campaigns.endEarly),
    'campaign.reprice': deciding(campaigns.reprice, BULK_CALLS),
    // From the message that everybody reads, which stays as it is.
    'campaign.open': {
      acknowledge: 'ephemeral',
      reads: true,
      guildOf,
      press: async (moment, id) => panelOf(app, moment, await campaigns.own(id, moment.asker)),
    },
    // On the approval's card: what is not for everybody who reads it.
    'campaign.details': {
      acknowledge: 'ephemeral',
      guildOf,
      vendorCalls: 1,
      press: async ({ asker, words }, id) => campaignDetailsView(await campaigns.details(id, asker), words),
    },
    'campaign.refresh': {
      acknowledge: 'update',
      reads: true,
      guildOf: (here) => guildOf(panelAt(here).id),
      async press(moment, here) {
        const { id, back } = panelAt(here);
        return panelOf(app, moment, await campaigns.own(id, moment.asker), [], { back });
      },
    },
    'campaign.retry': {
      acknowledge: 'update',
      guildOf,
      vendorCalls: BULK_CALLS,
      press: (moment, id) =>
        refreshing(app, moment, id, async () => {
          const campaign = await campaigns.tryAgain(id, moment.asker);
          // Where there is only something to send once more, nothing is to be confirmed.
          const notes = campaign.state === 'ended' ? [moment.words.bulk.sentAgain] : [];
          return panelOf(app, moment, campaign, notes);
        }),
    },
    // From the message that everybody reads: whoever presses sees the code of their own card, and nobody else does.
    'campaign.fetch': {
      acknowledge: 'ephemeral',
      guildOf,
      vendorCalls: ONE_CALL,
      async refuse({ asker }, id) {
        await campaigns.orderOfCard(id, asker);
      },
      async press(moment, id) {
        const { orders } = app;
        await campaigns.fetchCard(id, moment.asker, (order) => showCodes(orders, moment, order));
        return undefined;
      },
    },
    // As a file, line by line, so that only its text is in memory.
    'campaign.export': {
      acknowledge: 'ephemeral',
      reads: true,
      guildOf,
      async press({ asker, words }, id) {
        const { campaign, rows: lines } = await campaigns.exportCampaign(id, asker);
        let text = campaignFileHeader(words);
        let rows = 0;
        for await (const line of lines) {
          text += campaignFileLine(line, words);
          rows += 1;
        }
        return campaignFileView(campaign, { text, rows }, words);
      },
    },
  };
}
