import { isPhysical } from '../../src/catalog/index.ts';
import type { Typist } from '../../src/discord/index.ts';
import { Problem } from '../../src/lib/index.ts';
import { itemChoices } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { type Option, textOption, wholeOption } from './option.ts';

/** Discord shows no more choices. */
const MOST_CHOICES = 25;

type Suggesting = Pick<App, 'catalog' | 'account' | 'orders'>;
type Suggested = ReturnType<App['catalog']['completeItem']>[number];
type Fits = (product: Suggested) => boolean;

/**
 * The option that completes to a card as somebody types; before they do, to what they bought last. A code typed by hand
 * works too. What is sent is the code.
 */
export const itemOption = (app: Suggesting): Option<string> =>
  textOption(100, async (typed, who) => itemChoices(await suggested(app, typed, who), app.account.known(), who.words));

/** Typed before a card, in so many letters, to give away one that is shipped. */
const ASKED = /^physical\s+/i;

/**
 * As `itemOption`, of what is given away: physical cards only for whoever types "physical". What is sent says so, too: see
 * `giftItem`.
 */
export const giftItemOption = (app: Suggesting): Option<string> =>
  textOption(100, async (typed, who) => {
    const choices = itemChoices(await suggested(app, typed, who, giftFits(typed)), app.account.known(), who.words);
    return isAsked(typed) ? choices.map(({ name, value }) => ({ name, value: `physical ${value}` })) : choices;
  });

const isAsked = (typed: string): boolean => /\bphysical\b/i.test(typed);

/** What is suggested to give away, for what was typed. */
const giftFits =
  (typed: string): Fits =>
  ({ deliveryType }) =>
    isPhysical(deliveryType) === isAsked(typed);

/** The code of what is to be given away. Throws `physical_reward` for a card that is shipped and was not asked for as one. */
export function giftItem({ catalog }: Pick<App, 'catalog'>, typed: string): string {
  const product = catalog.find(typed);
  if (!product) return typed.replace(ASKED, '');
  if (!isPhysical(product.deliveryType)) return typed;
  throw new Problem('physical_reward', { item: product.name, ask: `physical ${product.itemCode}` });
}

async function suggested({ catalog, orders }: Suggesting, typed: string, who: Typist, fits?: Fits) {
  const found = catalog.completeItem(typed, fits && { fits });
  if (typed.trim() !== '') return found;
  const codes = await orders.boughtLast(who, MOST_CHOICES);
  const last = codes.flatMap((code) => catalog.find(code) ?? []).filter(fits ?? Boolean);
  return [...new Set([...last, ...found])].slice(0, MOST_CHOICES);
}

export const quantityOption = wholeOption(100);
