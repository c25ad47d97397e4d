import {
  type APIChannelSelectComponent,
  type APIRoleSelectComponent,
  type APIStringSelectComponent,
  type APIUserSelectComponent,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord.js';
import { clipped } from './text.ts';

/** Discord takes and offers no more in one menu. */
const MOST = 25;

export interface MenuOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  /** Picked already when the menu is shown. */
  readonly chosen?: boolean;
}

/** How many may be picked: one, unless told otherwise. With a least of 0 a choice can be taken back. */
export interface MenuRange {
  readonly min?: number;
  readonly max?: number;
}

export interface PeopleMenu extends MenuRange {
  readonly kind: 'user' | 'role' | 'channel';
  readonly placeholder: string;
  /** The ids of those picked already. */
  readonly chosen?: readonly string[];
}

export type Menu =
  | APIStringSelectComponent
  | APIUserSelectComponent
  | APIRoleSelectComponent
  | APIChannelSelectComponent;

/** A menu to choose from; nothing where there is nothing to choose. */
export function choiceMenu(
  id: string,
  placeholder: string,
  options: readonly MenuOption[],
  range: MenuRange = {},
): APIStringSelectComponent | undefined {
  const fitting = options.filter((option) => option.value.length <= 100).slice(0, MOST);
  if (fitting.length === 0) return undefined;
  const size = sized(range, fitting.length);
  const presets = fitting.filter(({ chosen }) => chosen).slice(0, size.max_values ?? 1);
  return {
    type: ComponentType.StringSelect,
    custom_id: id,
    placeholder: clipped(placeholder, 150),
    ...size,
    options: fitting.map((option) => ({
      label: clipped(option.label, 100) || option.value,
      value: option.value,
      ...(option.description && { description: clipped(option.description, 100) }),
      ...(presets.includes(option) && { default: true }),
    })),
  };
}

/** A menu of the members, the roles or the text channels of the guild in which it is shown. */
export function peopleMenu(
  id: string,
  { kind, placeholder, chosen = [], ...range }: PeopleMenu,
): Exclude<Menu, APIStringSelectComponent> {
  const size = sized(range, MOST);
  const values = chosen.slice(0, size.max_values ?? 1);
  const menu = { custom_id: id, placeholder: clipped(placeholder, 150), ...size };
  // Discord refuses presets that are fewer than must be picked.
  const isPreset = values.length > 0 && values.length >= (size.min_values ?? 1);
  return { ...menu, ...ofKind(kind, isPreset ? values : []) };
}

function ofKind(kind: PeopleMenu['kind'], ids: readonly string[]) {
  const { User, Role, Channel } = SelectMenuDefaultValueType;
  const preset = <T extends SelectMenuDefaultValueType>(type: T) =>
    ids.length > 0 && { default_values: ids.map((id) => ({ id, type })) };
  if (kind === 'user') return { type: ComponentType.UserSelect as const, ...preset(User) };
  if (kind === 'role') return { type: ComponentType.RoleSelect as const, ...preset(Role) };
  const channel_types: ChannelType[] = [ChannelType.GuildText];
  return { type: ComponentType.ChannelSelect as const, channel_types, ...preset(Channel) };
}

/** Left out where it is Discord's own default, one. */
function sized({ min = 1, max = 1 }: MenuRange, most: number) {
  const [least, highest] = [Math.min(min, most), Math.max(1, Math.min(max, most))];
  return { ...(least !== 1 && { min_values: least }), ...(highest !== 1 && { max_values: highest }) };
}
