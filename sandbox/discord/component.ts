export interface SelectOption {
  label: string;
  value: string;
  description?: string;
  default?: boolean;
}

/** Any component, as loosely as Discord's JSON has it; `rules/` is what makes it sound. */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  style?: number;
  label?: string;
  url?: string;
  disabled?: boolean;
  required?: boolean;
  placeholder?: string;
  content?: string;
  value?: string;
  title?: string;
  description?: string;
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  options?: SelectOption[];
  default_values?: { id: string; type: string }[];
  components?: Component[];
  component?: Component;
  accessory?: Component;
  file?: { url: string };
  /** Of a thumbnail. */
  media?: { url: string };
  spoiler?: boolean;
  divider?: boolean;
  spacing?: number;
  emoji?: { name?: string };
}

const childrenOf = (one: Component): Component[] => [
  ...(one.components ?? []),
  ...(one.accessory ? [one.accessory] : []),
  ...(one.component ? [one.component] : []),
];

/** All components with those inside them, outermost first. */
export const flatten = (components: readonly Component[]): Component[] =>
  components.flatMap((one) => [one, ...flatten(childrenOf(one))]);

/** What a menu shows as chosen before anybody touches it. */
export const presetsOf = (menu: Component): string[] => [
  ...(menu.options ?? []).filter((option) => option.default).map((option) => option.value),
  ...(menu.default_values ?? []).map(({ id }) => id),
];
