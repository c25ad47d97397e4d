import type { Typist } from '../../src/discord/index.ts';
import { itemChoices } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { type Option, textOption, wholeOption } from './option.ts';

/** Discord shows no more choices. */
const MOST_CHOICES = 25;

type Suggesting = Pick<App, 'catalog' | 'account' | 'orders'>;

/**
 * The option that completes to a card as somebody types; before they do, to what they bought last. A code typed by hand
 * works too. What is sent is the code.
 */
export const itemOption = (app: Suggesting): Option<string> =>
  textOption(100, async (typed, who) => itemChoices(await suggested(app, typed, who), app.account.known(), who.words));

async function suggested({ catalog, orders }: Suggesting, typed: string, who: Typist) {
  if (typed.trim() !== '') return catalog.completeItem(typed);
  const codes = await orders.boughtLast(who, MOST_CHOICES);
  const last = codes.flatMap((code) => catalog.find(code) ?? []);
  return [...new Set([...last, ...catalog.completeItem('')])].slice(0, MOST_CHOICES);
}

export const quantityOption = wholeOption(100);
