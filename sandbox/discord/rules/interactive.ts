import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { complain, list, snowflake, text } from './form.ts';

export const base = <T extends number>(type: T) => ({
  type: z.literal(type),
  id: z.number().int().min(0).nullish(),
});
export const customId = text(100, 1);
const looksLikeEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

const emoji = z
  .object({ id: snowflake.nullish(), name: text(32).nullish(), animated: z.boolean().nullish() })
  .superRefine((value, context) => {
    if (!value.id && !looksLikeEmoji.test(value.name ?? ''))
      complain(context, 'COMPONENT_INVALID_EMOJI', 'Invalid emoji', ['name']);
  });

export const button = z
  .object({
    ...base(ComponentType.Button),
    style: z.number().int().min(1).max(6),
    custom_id: customId.nullish(),
    label: text(80).nullish(),
    url: text(512).nullish(),
    sku_id: snowflake.nullish(),
    emoji: emoji.nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    const needs =
      value.style === ButtonStyle.Link
        ? 'url'
        : value.style === ButtonStyle.Premium
          ? 'sku_id'
          : 'custom_id';
    if (!value[needs]) complain(context, 'BASE_TYPE_REQUIRED', 'This field is required', [needs]);
    if (value.url && value.custom_id)
      complain(
        context,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
        ['custom_id'],
      );
    if (value.style !== ButtonStyle.Premium && !value.label && !value.emoji)
      complain(context, 'BUTTON_COMPONENT_INVALID', 'A button needs a label or an emoji', [
        'label',
      ]);
  });

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

const rangeIsSound = (
  value: { min_values?: number | null | undefined; max_values?: number | null | undefined },
  context: z.RefinementCtx,
): void => {
  if ((value.min_values ?? 0) > (value.max_values ?? 1))
    complain(context, 'SELECT_COMPONENT_INVALID_RANGE', 'min_values is more than max_values', [
      'min_values',
    ]);
};

export const stringSelect = z
  .object({
    ...base(ComponentType.StringSelect),
    ...selectBase,
    options: list(selectOption, 25, 1),
  })
  .superRefine((value, context) => {
    rangeIsSound(value, context);
    const values = value.options.map((option) => option.value);
    values.forEach((one, index) => {
      if (values.indexOf(one) === index) return;
      complain(
        context,
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
        ['options', index, 'value'],
      );
    });
    const least = Math.max(value.min_values ?? 0, value.max_values ?? 1);
    if (values.length < least)
      complain(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and 25 in length.`, [
        'options',
      ]);
  });

export const entitySelect = <T extends number>(type: T) =>
  z
    .object({
      ...base(type),
      ...selectBase,
      default_values: list(z.looseObject({ id: snowflake }), 25).nullish(),
      channel_types: z.array(z.number().int()).nullish(),
    })
    .superRefine(rangeIsSound);

export const actionRow = z.object({
  ...base(ComponentType.ActionRow),
  components: list(
    z.discriminatedUnion('type', [
      button,
      stringSelect,
      entitySelect(ComponentType.UserSelect),
      entitySelect(ComponentType.RoleSelect),
      entitySelect(ComponentType.MentionableSelect),
      entitySelect(ComponentType.ChannelSelect),
    ]),
    5,
    1,
  ).superRefine((parts, context) => {
    // A menu fills its row.
    if (parts.length > 1 && parts.some((part) => part.type !== ComponentType.Button))
      complain(
        context,
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      );
  }),
});
