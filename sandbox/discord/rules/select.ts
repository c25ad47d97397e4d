import { ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { base, customId, emoji } from './base.ts';
import { complain, list, snowflake, text } from './form.ts';

const selectOption = z.object({
  label: text(100, 1),
  value: text(100, 1),
  description: text(100).nullish(),
  default: z.boolean().nullish(),
  emoji: emoji.nullish(),
});

const selectBase = {
  custom_id: customId,
  placeholder: text(150).nullish(),
  min_values: z.number().int().min(0).max(25).nullish(),
  max_values: z.number().int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
};

interface Range {
  min_values?: number | null | undefined;
  max_values?: number | null | undefined;
  required?: boolean | null | undefined;
}

const complainOfZero = (context: z.RefinementCtx, path: PropertyKey[]): void =>
  complain(
    context,
    'SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES',
    'Select menus marked as required cannot have a min_values of 0',
    path,
  );

/** As many as may be chosen, or none at all. */
const presetsFit = (count: number, value: Range, context: z.RefinementCtx, field: string): void => {
  const [least, most] = [value.min_values ?? 1, value.max_values ?? 1];
  if (count === 0 || (count >= least && count <= most)) return;
  complain(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`, [field]);
};

const rangeIsSound = (value: Range, context: z.RefinementCtx): void => {
  if (value.required && value.min_values === 0) complainOfZero(context, ['min_values']);
  if ((value.min_values ?? 0) > (value.max_values ?? 1))
    complain(context, 'SELECT_COMPONENT_INVALID_RANGE', 'min_values is more than max_values', ['min_values']);
};

export const stringSelect = z
  .object({
    ...base(ComponentType.StringSelect),
    ...selectBase,
    options: list(selectOption, 25, 1),
  })
  .superRefine((value, context) => {
    rangeIsSound(value, context);
    const presets = value.options.filter((option) => option.default).length;
    if (presets > (value.max_values ?? 1)) presetsFit(presets, value, context, 'options');
    const values = value.options.map((option) => option.value);
    values.forEach((one, index) => {
      if (values.indexOf(one) === index) return;
      complain(context, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used', [
        'options',
        index,
        'value',
      ]);
    });
    const least = Math.max(value.min_values ?? 0, value.max_values ?? 1);
    if (values.length < least)
      complain(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and 25 in length.`, ['options']);
  });

const entitySelect = <T extends number>(type: T, holds: readonly string[]) =>
  z
    .object({
      ...base(type),
      ...selectBase,
      default_values: list(z.object({ id: snowflake, type: z.enum(holds) }), 25).nullish(),
      channel_types: z.array(z.number().int()).nullish(),
    })
    .superRefine((value, context) => {
      rangeIsSound(value, context);
      presetsFit(value.default_values?.length ?? 0, value, context, 'default_values');
    });

/** Menus that Discord fills itself. */
export const entitySelects = [
  entitySelect(ComponentType.UserSelect, ['user']),
  entitySelect(ComponentType.RoleSelect, ['role']),
  entitySelect(ComponentType.MentionableSelect, ['user', 'role']),
  entitySelect(ComponentType.ChannelSelect, ['channel']),
] as const;

/** In a modal an answer is required unless told otherwise, and nothing can be disabled. */
export const selectInModal = (
  component: Range & { type: number; disabled?: boolean | null | undefined },
  context: z.RefinementCtx,
): void => {
  if (component.disabled)
    complain(context, 'SELECT_COMPONENT_DISABLED_IN_MODAL', 'Must not be disabled in a modal', ['disabled']);
  if (component.required == null && component.min_values === 0) complainOfZero(context, ['min_values']);
};
