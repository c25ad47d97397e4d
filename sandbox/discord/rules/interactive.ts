import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { base, customId, emoji } from './base.ts';
import { complain, list, snowflake, text } from './form.ts';
import { entitySelects, stringSelect } from './select.ts';

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
      value.style === ButtonStyle.Link ? 'url' : value.style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
    if (!value[needs]) complain(context, 'BASE_TYPE_REQUIRED', 'This field is required', [needs]);
    if (value.url && value.custom_id)
      complain(
        context,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
        ['custom_id'],
      );
    if (value.style !== ButtonStyle.Premium && !value.label && !value.emoji)
      complain(context, 'BUTTON_COMPONENT_INVALID', 'A button needs a label or an emoji', ['label']);
  });

export const actionRow = z.object({
  ...base(ComponentType.ActionRow),
  components: list(z.discriminatedUnion('type', [button, stringSelect, ...entitySelects]), 5, 1).superRefine(
    (parts, context) => {
      // A menu fills its row.
      if (parts.length > 1 && parts.some((part) => part.type !== ComponentType.Button))
        complain(context, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
    },
  ),
});
