import { ComponentType } from 'discord-api-types/v10';
import type { Component } from '../component.ts';
import type { Modal } from '../interaction.ts';
import type { Json } from '../payloads.ts';

export interface ModalField {
  customId: string;
  label: string;
  required: boolean;
  /** What is filled in already. */
  value: string;
}

export interface ModalView {
  customId: string;
  title: string;
  fields: ModalField[];
}

const inputOf = (top: Component): Component | undefined => top.component ?? top.components?.[0];

const labelOf = (top: Component): string => top.label ?? inputOf(top)?.label ?? '';

export const viewModal = (modal: Modal): ModalView => ({
  customId: modal.customId,
  title: modal.title,
  fields: modal.components.flatMap((top) => {
    const input = inputOf(top);
    if (!input) return [];
    return {
      customId: input.custom_id ?? '',
      label: labelOf(top),
      required: input.required !== false,
      value: input.value ?? '',
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

const filled = (top: Component, input: Component, values: Record<string, string>): Json => {
  const label = labelOf(top);
  const given = values[input.custom_id ?? ''] ?? values[label];
  const base = { type: input.type, id: input.id ?? 0, custom_id: input.custom_id };
  if (input.type !== ComponentType.TextInput) {
    const preset = input.options?.filter((one) => one.default).map((one) => one.value) ?? [];
    const chosen = given === undefined ? preset : [given];
    if (input.options && !chosen.every((one) => input.options?.some((o) => o.value === one)))
      throw new Error(`"${label}" has no option ${chosen.join(', ')}.`);
    return { ...base, values: chosen };
  }
  const value = given ?? input.value ?? '';
  checkText(label, input, value);
  return { ...base, value };
};

/** What a client sends for a filled-in modal; fails as the client's form would. */
export const fillModal = (modal: Modal, values: Record<string, string>): Json => {
  const known = viewModal(modal).fields.flatMap(({ customId, label }) => [customId, label]);
  const unknown = Object.keys(values).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new Error(
      `"${modal.title}" has no field ${unknown.join(', ')}; it has ${known.join(', ')}.`,
    );
  const components = modal.components.map((top) => {
    const input = inputOf(top);
    if (!input) return { type: top.type, id: top.id ?? 0 };
    const answer = filled(top, input, values);
    const inner = top.component ? { component: answer } : { components: [answer] };
    return { type: top.type, id: top.id ?? 0, ...inner };
  });
  return { custom_id: modal.customId, components };
};
