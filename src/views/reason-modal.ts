import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { ComponentType, TextInputStyle } from 'discord.js';
import { clipped } from './text.ts';

/** Asks for a reason, at most 300 characters. Its submit, under the same verb, does what it is for. */
export function reasonModal(
  verb: string,
  id: string,
  { title, label }: { title: string; label: string },
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: `${verb}:${id}`,
    title: clipped(title, 45),
    components: [
      {
        type: ComponentType.Label,
        label,
        component: {
          type: ComponentType.TextInput,
          custom_id: 'reason',
          style: TextInputStyle.Paragraph,
          min_length: 3,
          max_length: 300,
          required: true,
        },
      },
    ],
  };
}
