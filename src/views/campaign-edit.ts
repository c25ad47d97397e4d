import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import type { Campaign } from '../rewards/campaign.ts';
import { mayEnd } from '../rewards/campaign-actions.ts';
import { modal } from './modal.ts';

const LONGEST_MESSAGE = 200;

/** What can be changed about a campaign that has been confirmed: nothing that costs more. */
export function editModal(
  campaign: Campaign,
  { campaignList: { edit: w } }: Words,
): APIModalInteractionResponseCallbackData {
  const { id, gift } = campaign;
  return modal('campaign.edit', id, w.title, [
    {
      ...{ kind: 'text', id: 'message', label: w.message, description: w.messageHint },
      ...{ isLong: true, required: false, maxLength: LONGEST_MESSAGE },
      ...(gift.message !== undefined && { value: gift.message }),
    },
    ...(mayEnd(campaign)
      ? [
          {
            ...({ kind: 'text', id: 'ends', label: w.ends, description: w.endsHint } as const),
            ...{ placeholder: w.endsExample, required: false, maxLength: 40 },
          },
        ]
      : []),
  ]);
}
