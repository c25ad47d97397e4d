import { ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { type Component, flatten } from '../component.ts';
import { base, customId } from './base.ts';
import { textDisplay } from './components.ts';
import { complain, list, text } from './form.ts';
import { entitySelects, selectInModal, stringSelect } from './select.ts';

const inputFields = {
  ...base(ComponentType.TextInput),
  custom_id: customId,
  style: z.number().int().min(1).max(2),
  value: text(4000).nullish(),
  placeholder: text(100).nullish(),
  required: z.boolean().nullish(),
  min_length: z.number().int().min(0).max(4000).nullish(),
  max_length: z.number().int().min(1).max(4000).nullish(),
};

const valueFits = (
  input: {
    value?: string | null | undefined;
    min_length?: number | null | undefined;
    max_length?: number | null | undefined;
  },
  context: z.RefinementCtx,
): void => {
  const [least, most] = [input.min_length ?? 0, input.max_length ?? 4000];
  if (least > most) complain(context, 'TEXT_INPUT_INVALID_RANGE', 'min_length is more than max_length', ['min_length']);
  if (input.value && (input.value.length < least || input.value.length > most))
    complain(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`, ['value']);
};

/** In a row of its own an input carries its label; in a label component it carries none. */
const rowInput = z.object({ ...inputFields, label: text(45, 1) }).superRefine(valueFits);
const labelledInput = z.object(inputFields).superRefine(valueFits);

const row = z.object({
  ...base(ComponentType.ActionRow),
  components: list(z.discriminatedUnion('type', [rowInput]), 1, 1),
});

const label = z.object({
  ...base(ComponentType.Label),
  label: text(45, 1),
  description: text(100, 1).nullish(),
  component: z
    .discriminatedUnion('type', [labelledInput, stringSelect, ...entitySelects])
    .superRefine((component, context) => {
      if (component.type !== ComponentType.TextInput) selectInModal(component, context);
    }),
});

export const modalRules = z
  .object({
    custom_id: customId,
    title: text(45, 1),
    components: list(z.discriminatedUnion('type', [row, label, textDisplay]), 5, 1),
  })
  .superRefine((modal, context) => {
    const ids = flatten(modal.components as Component[]).flatMap((one) => one.custom_id ?? []);
    if (new Set(ids).size < ids.length)
      complain(context, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated', ['components']);
  });

const choice = z.object({
  name: text(100, 1),
  name_localizations: z.record(z.string(), text(100, 1)).nullish(),
  value: z.union([text(100), z.number()]),
});

/** What an autocomplete interaction may be answered with. */
export const completionRules = z.object({ choices: list(choice, 25).nullish() });
