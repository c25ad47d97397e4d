import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { type Component, flatten, presetsOf, type SelectOption } from './component.ts';
import { type Embed, wordsOfEmbed } from './rules/message.ts';

export interface ButtonView {
  label: string;
  customId: string | undefined;
  url: string | undefined;
  style: number;
  disabled: boolean;
}

export interface MenuView {
  customId: string;
  placeholder: string;
  type: number;
  disabled: boolean;
  minValues: number;
  maxValues: number;
  options: SelectOption[];
  /** What is chosen already: values of options, or ids. */
  chosen: string[];
}

interface Shown {
  content: string;
  embeds: Embed[];
  components: Component[];
  attachments: { filename: string }[];
  flags: number;
}

const buttonName = (button: Component): string => button.label ?? button.emoji?.name ?? '';

/** Commands that can be pressed are read as they are typed. */
const asRead = (text: string): string => text.replaceAll(/<(\/[a-z][a-z -]*):\d+>/g, '$1');

const linesOf = (one: Component): string[] => {
  const inner = (one.components ?? []).flatMap(linesOf);
  if (one.type === ComponentType.ActionRow) return [inner.join(' ')];
  if (one.type === ComponentType.Section) return [...inner, ...(one.accessory ? linesOf(one.accessory) : [])];
  if (one.type === ComponentType.Button) return [`[${buttonName(one)}]`];
  if (one.type === ComponentType.TextDisplay) return [asRead(one.content ?? '')];
  if (isMenu(one)) return [`[${one.placeholder ?? ''} ▾]`];
  return inner;
};

export const isMenu = ({ type }: Component): boolean =>
  type === ComponentType.StringSelect || (type >= ComponentType.UserSelect && type <= ComponentType.ChannelSelect);

export const visibleText = (message: Shown): string => {
  if (message.flags & MessageFlags.Loading) return 'thinking…';
  return [
    asRead(message.content),
    ...message.embeds.flatMap(wordsOfEmbed),
    ...message.components.flatMap(linesOf),
    ...filesIn(message).map((file) => `(file ${file.filename})`),
  ]
    .filter((line) => line !== '')
    .join('\n');
};

/** Pictures that stand beside words are not listed. */
const filesIn = ({ attachments, components }: Shown) => {
  const pictures = new Set(flatten(components).map(({ media }) => media?.url));
  return attachments.filter(({ filename }) => !pictures.has(`attachment://${filename}`));
};

export const toButton = (one: Component): ButtonView => ({
  label: buttonName(one),
  customId: one.custom_id,
  url: one.url,
  style: one.style ?? ButtonStyle.Secondary,
  disabled: one.disabled === true,
});

export const toMenu = (one: Component): MenuView => ({
  customId: one.custom_id ?? '',
  placeholder: one.placeholder ?? '',
  type: one.type,
  disabled: one.disabled === true,
  minValues: one.min_values ?? 1,
  maxValues: one.max_values ?? 1,
  options: one.options ?? [],
  chosen: presetsOf(one),
});
