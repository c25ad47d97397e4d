import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { ComponentType, TextInputStyle } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import { clipped } from './text.ts';

/** Asks how many of a card, and what for. Its submit makes the quote. */
export function buyModal(itemCode: string, words: Words): APIModalInteractionResponseCallbackData {
  const { howMany, quantity, reason } = words.product;
  return {
    custom_id: `product.buy:${itemCode}`,
    title: clipped(howMany(itemCode), 45),
    components: [
      {
        type: ComponentType.Label,
        label: quantity,
        component: {
          type: ComponentType.TextInput,
          custom_id: 'quantity',
          style: TextInputStyle.Short,
          value: '1',
          max_length: 3,
          required: true,
        },
      },
      {
        type: ComponentType.Label,
        label: reason,
        component: {
          type: ComponentType.TextInput,
          custom_id: 'reason',
          style: TextInputStyle.Short,
          max_length: 200,
          required: false,
        },
      },
    ],
  };
}

/** NaN for what is no whole number: whoever quotes says what is allowed. */
export function parseQuantity(text: string): number {
  return /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : Number.NaN;
}
