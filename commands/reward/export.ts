import type { PressHandler } from '../../src/discord/index.ts';
import { campaignFileHeader, campaignFileLine, campaignFileView } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { guildOfCampaign } from './status.ts';

/** A campaign as a file, line by line, so that only its text is in memory. */
export function exporting(app: App): Record<string, PressHandler> {
  const toFile: PressHandler = {
    ...{ acknowledge: 'ephemeral', guildOf: guildOfCampaign(app) },
    async press({ asker, words }, id) {
      const { viewing, exporting: exports } = app.campaigns;
      const campaign = await viewing.here(id, asker);
      viewing.requireOpen(campaign, asker, 'export');
      let text = campaignFileHeader(words);
      let rows = 0;
      for await (const row of exports.rows(campaign)) {
        text += campaignFileLine(row, words);
        rows += 1;
      }
      return campaignFileView(campaign, { text, rows }, words);
    },
  };
  return { 'campaign.export': toFile };
}
