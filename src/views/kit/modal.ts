import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { choiceMenu, type MenuOption, type MenuRange, type PeopleMenu, peopleMenu } from './menu.ts';
import { clipped } from './text.ts';

interface Labelled {
  /** What the submit finds the answer under. */
  readonly id: string;
  readonly label: string;
  /** A line under the label. */
  readonly description?: string;
  /** Default true. */
  readonly required?: boolean;
}

interface TextField extends Labelled {
  readonly kind: 'text';
  /** Several lines. */
  readonly isLong?: boolean;
  readonly value?: string;
  readonly placeholder?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

interface ChoiceField extends Labelled, MenuRange {
  readonly kind: 'choice';
  readonly placeholder: string;
  readonly options: readonly MenuOption[];
}

type PeopleField = Labelled & PeopleMenu;

export type Field = TextField | ChoiceField | PeopleField;

/** A form, as data. */
export type Modal = APIModalInteractionResponseCallbackData;

/**
 * A form of at most five fields. Its submit, under the same verb, gets texts by the id of their field, and what was
 * picked in menus likewise. A menu without anything to choose is left out.
 */
export function modal(verb: string, argument: string, title: string, fields: readonly Field[]): Modal {
  return {
    custom_id: `${verb}:${argument}`,
    title: clipped(title, 45),
    components: fields.flatMap((field) => {
      const component = componentOf(field);
      if (!component) return [];
      const description = clipped(field.description ?? '', 100);
      return {
        type: ComponentType.Label as const,
        label: clipped(field.label, 45),
        ...(description && { description }),
        component,
      };
    }),
  };
}

function componentOf(field: Field): APIComponentInLabel | undefined {
  if (field.kind === 'text') return textInput(field);
  const { id, required = true } = field;
  // Where an answer is not asked for, none has to be picked.
  const min = required ? Math.max(1, field.min ?? 1) : 0;
  if (field.kind !== 'choice') return { ...peopleMenu(id, { ...field, min }), required };
  const menu = choiceMenu(id, field.placeholder, field.options, { ...field, min });
  return menu && { ...menu, required };
}

function textInput(field: TextField): APIComponentInLabel {
  const { id, isLong = false, required = true, placeholder, minLength, maxLength } = field;
  const value = field.value?.slice(0, maxLength ?? 4000).toWellFormed();
  const hint = clipped(placeholder ?? '', 100);
  return {
    type: ComponentType.TextInput,
    custom_id: id,
    style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    ...(value && { value }),
    ...(hint && { placeholder: hint }),
    ...(minLength !== undefined && { min_length: minLength }),
    ...(maxLength !== undefined && { max_length: maxLength }),
  };
}

/** What has to be said, in some words. */
export function longField(id: string, said: { label: string; description?: string }, maxLength: number): TextField {
  return { kind: 'text', id, ...said, isLong: true, minLength: 3, maxLength };
}

/** Asks for a reason, at most 300 characters. Its submit, under the same verb, does what it is for. */
export function reasonModal(verb: string, id: string, { title, label }: { title: string; label: string }): Modal {
  return modal(verb, id, title, [longField('reason', { label }, 300)]);
}
