import type { Words } from '../../i18n/index.ts';
import { menuRow, message, type View } from '../kit/message.ts';
import { type Modal, modal } from '../kit/modal.ts';
import { clipped, plain, who } from '../kit/text.ts';

/** A menu of Discord has no more lines. */
const MOST_CHOICES = 25;

/** Asks for a card and some words, for whoever was right-clicked. Its submit makes the quote. */
export function giftModal(kind: keyof Words['gifting']['menus'], argument: string, words: Words): Modal {
  const { title, item, itemHint, message: said, messageHint } = words.gifting.form;
  return modal('gift.send', argument, title[kind], [
    { kind: 'text', id: 'item', label: item, placeholder: itemHint, maxLength: 100 },
    {
      kind: 'text',
      id: 'message',
      label: said,
      description: messageHint,
      isLong: true,
      required: false,
      maxLength: 200,
    },
  ]);
}

interface Found {
  /** The stored query that knows for whom. */
  readonly query: string;
  readonly to: string;
  readonly typed: string;
  readonly offers: readonly { readonly itemCode: string; readonly name: string }[];
}

/** What was typed may be several cards: one is to be chosen. */
export function giftPickView({ query, to, typed, offers }: Found, words: Words): View {
  const { pick: w } = words.gifting;
  const text = plain(typed);
  const options = offers.slice(0, MOST_CHOICES).map(({ itemCode, name }) => ({
    label: clipped(name, 100),
    value: itemCode,
    description: words.catalog.option(itemCode, undefined),
  }));
  return message({
    title: w.title(who(to)),
    facts: [offers.length < MOST_CHOICES ? w.found(offers.length, text) : w.many(text)],
    rows: [menuRow(`gift.pick:${query}`, w.placeholder, options)],
  });
}
