import type { Campaign, Template } from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import { type ActionRow, buttonFor, menuRow, message, type View } from '../kit/message.ts';
import { type Modal, modal } from '../kit/modal.ts';
import { moment, plain, who } from '../kit/text.ts';
import { eligibilityFacts } from './facts.ts';

const LONGEST_NAME = 40;

const whatOf = ({ kind, cards = 1, itemName }: Template, { templates: w }: Words, named = plain) =>
  w.what[kind](cards, named(itemName));

/** To run one again, from a list; nothing where there is none. */
export function templateMenu(all: readonly Template[], words: Words): ActionRow | undefined {
  const asItIs = (name: string) => name;
  const options = all.map((each) => ({
    label: words.templates.option(each.name),
    value: each.id,
    description: whatOf(each, words, asItIs),
  }));
  return menuRow('template.open:list', words.templates.pick, options);
}

/** One of them, before it is run again. */
export function templateView(template: Template, { mayDelete }: { mayDelete: boolean }, words: Words): View {
  const { templates: w } = words;
  const { id, name, place, lastsMs, gift, by, at } = template;
  return message({
    title: w.title(plain(name)),
    facts: [
      whatOf(template, words),
      w.inChannel(`<#${place}>`),
      lastsMs !== undefined && w.lasts(lastsMs),
      ...eligibilityFacts(template, words),
      gift.message && w.message(plain(gift.message, 300)),
      w.savedBy(who(by), moment(at, 'R')),
    ],
    next: w.next,
    buttons: [
      buttonFor('template.run', id, w.run, { main: true }),
      mayDelete && buttonFor('template.delete', id, w.delete),
    ],
  });
}

export function templateDeletedView({ name }: Template, { templates: w }: Words): View {
  return message({ title: w.deleted(plain(name)), next: w.deletedNext });
}

/** Asks what a campaign is to be called. */
export function templateModal({ id }: Pick<Campaign, 'id'>, { templates: { form: w } }: Words): Modal {
  const { name: label, nameHint: description, example: placeholder } = w;
  const field = { kind: 'text', id: 'name', label, description, placeholder, maxLength: LONGEST_NAME } as const;
  return modal('template.save', id, w.title, [field]);
}
