import { ComponentType } from 'discord-api-types/v10';
import { type Component, presetsOf } from '../component.ts';
import type { Modal } from '../interaction.ts';
import type { Json } from '../payloads.ts';

export interface ModalField {
  customId: string;
  label: string;
  required: boolean;
  /** Type of the component that takes the answer. */
  type: number;
  /** What is filled in already. */
  value: string;
  /** What is chosen already, in a menu. */
  chosen: string[];
}

export interface ModalView {
  customId: string;
  title: string;
  fields: ModalField[];
  /** As it was sent. */
  components: Component[];
}

const inputOf = (top: Component): Component | undefined => top.component ?? top.components?.[0];

const labelOf = (top: Component): string => top.label ?? inputOf(top)?.label ?? '';

export const viewModal = (modal: Modal): ModalView => ({
  customId: modal.customId,
  title: modal.title,
  components: modal.components,
  fields: modal.components.flatMap((top) => {
    const input = inputOf(top);
    if (!input) return [];
    return {
      customId: input.custom_id ?? '',
      label: labelOf(top),
      required: input.required !== false,
      type: input.type,
      value: input.value ?? '',
      chosen: presetsOf(input),
    };
  }),
});

const checkText = (label: string, input: Component, value: string): void => {
  if (value === '' && input.required !== false) throw new Error(`"${label}" must be filled in.`);
  if (value === '') return;
  const [least, most] = [input.min_length ?? 0, input.max_length ?? 4000];
  if (value.length < least || value.length > most)
    throw new Error(`"${label}" takes ${least} to ${most} characters, not ${value.length}.`);
};

export type ModalValues = Record<string, string | readonly string[]>;

const choose = (label: string, menu: Component, given: string | readonly string[]): string[] => {
  const { options } = menu;
  const chosen = [given].flat().map((one) => {
    if (!options) return one;
    const found = options.find((o) => o.value === one) ?? options.find((o) => o.label === one);
    if (!found) throw new Error(`"${label}" has no option ${one}.`);
    return found.value;
  });
  const isRequired = menu.required !== false;
  const [least, most] = [menu.min_values ?? 1, menu.max_values ?? 1];
  if (chosen.length === 0 && !isRequired) return [];
  if (chosen.length < Math.max(isRequired ? 1 : 0, least) || chosen.length > most)
    throw new Error(`"${label}" takes ${least} to ${most} choices, not ${chosen.length}.`);
  return chosen;
};

const filled = (top: Component, input: Component, values: ModalValues): Json => {
  const label = labelOf(top);
  const given = values[input.custom_id ?? ''] ?? values[label];
  const base = { type: input.type, id: input.id ?? 0, custom_id: input.custom_id };
  if (input.type !== ComponentType.TextInput)
    return { ...base, values: choose(label, input, given ?? presetsOf(input)) };
  const value = given ?? input.value ?? '';
  if (typeof value !== 'string') throw new Error(`"${label}" takes text.`);
  checkText(label, input, value);
  return { ...base, value };
};

/** What a client sends for a filled-in modal; fails as the client's form would. */
export const fillModal = (
  modal: Modal,
  values: ModalValues,
  /** `resolved` for what was chosen in menus, by their type. */
  resolve: (answers: readonly [type: number, ids: readonly string[]][]) => Json,
): Json => {
  const known = viewModal(modal).fields.flatMap(({ customId, label }) => [customId, label]);
  const unknown = Object.keys(values).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new Error(`"${modal.title}" has no field ${unknown.join(', ')}; it has ${known.join(', ')}.`);
  const answers: [type: number, ids: string[]][] = [];
  const components = modal.components.map((top) => {
    const input = inputOf(top);
    if (!input) return { type: top.type, id: top.id ?? 0 };
    const answer = filled(top, input, values);
    if ('values' in answer) answers.push([input.type, answer.values as string[]]);
    const inner = top.component ? { component: answer } : { components: [answer] };
    return { type: top.type, id: top.id ?? 0, ...inner };
  });
  return { custom_id: modal.customId, components, ...resolve(answers) };
};
