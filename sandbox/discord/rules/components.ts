import { ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { base } from './base.ts';
import { list, text } from './form.ts';
import { actionRow, button } from './interactive.ts';

// Limits and nesting: Discord's component reference, checked against its OpenAPI description.

const media = z.object({ url: text(2048, 1) });
export const textDisplay = z.object({
  ...base(ComponentType.TextDisplay),
  content: text(4000, 1),
});
const described = { description: text(1024).nullish(), spoiler: z.boolean().nullish() };

const section = z.object({
  ...base(ComponentType.Section),
  components: list(z.discriminatedUnion('type', [textDisplay]), 3, 1),
  accessory: z.discriminatedUnion('type', [
    button,
    z.object({ ...base(ComponentType.Thumbnail), media, ...described }),
  ]),
});

const gallery = z.object({
  ...base(ComponentType.MediaGallery),
  items: list(z.object({ media, ...described }), 10, 1),
});
const file = z.object({
  ...base(ComponentType.File),
  file: media,
  spoiler: z.boolean().nullish(),
});
const separator = z.object({
  ...base(ComponentType.Separator),
  divider: z.boolean().nullish(),
  spacing: z.number().int().min(1).max(2).nullish(),
});

const insideContainer = [actionRow, section, textDisplay, gallery, file, separator] as const;

const container = z.object({
  ...base(ComponentType.Container),
  components: list(z.discriminatedUnion('type', insideContainer), 40, 1),
  accent_color: z.number().int().min(0).max(0xffffff).nullish(),
  spoiler: z.boolean().nullish(),
});

/** Up to five rows of buttons or menus, under a message's content. */
export const legacyComponents = list(z.discriminatedUnion('type', [actionRow]), 5);

/** The layout of a message that has IS_COMPONENTS_V2. */
export const layoutComponents = list(z.discriminatedUnion('type', [...insideContainer, container]), 40);
