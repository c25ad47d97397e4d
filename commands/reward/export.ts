import type { PressHandler } from '../../src/discord/index.ts';
import { campaignFileHeader, campaignFileLine, campaignFileView } from '../../src/views/index.ts';
import type { App } from '../app.ts';

/** A campaign as a file, line by line, so that only its text is in memory. */
export function exportPresses({ campaigns }: App): Record<string, PressHandler> {
  return {
    'campaign.export': {
      acknowledge: 'ephemeral',
      guildOf: campaigns.guildOf,
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
