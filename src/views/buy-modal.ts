import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import { modal } from './modal.ts';

/** Asks how many of a card, and what for. Its submit makes the quote. */
export function buyModal(itemCode: string, words: Words): APIModalInteractionResponseCallbackData {
  const { howMany, quantity, reason } = words.product;
  return modal('product.buy', itemCode, howMany(itemCode), [
    { kind: 'text', id: 'quantity', label: quantity, value: '1', maxLength: 3 },
    { kind: 'text', id: 'reason', label: reason, required: false, maxLength: 200 },
  ]);
}

/** NaN for what is no whole number: whoever quotes says what is allowed. */
export function parseQuantity(text: string): number {
  return /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : Number.NaN;
}
