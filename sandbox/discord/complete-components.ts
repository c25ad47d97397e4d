import { ComponentType } from 'discord-api-types/v10';
import { type Component, flatten } from './component.ts';

const hidden = { spoiler: false };
const oneChoice = { min_values: 1, max_values: 1 };

/** What Discord answers for fields that were not sent. */
const defaults: Record<number, Partial<Component>> = {
  [ComponentType.StringSelect]: oneChoice,
  [ComponentType.UserSelect]: oneChoice,
  [ComponentType.RoleSelect]: oneChoice,
  [ComponentType.MentionableSelect]: oneChoice,
  [ComponentType.ChannelSelect]: oneChoice,
  [ComponentType.Separator]: { divider: true, spacing: 1 },
  [ComponentType.Container]: hidden,
  [ComponentType.Thumbnail]: hidden,
  [ComponentType.File]: hidden,
};

/** Fills in defaults, and numbers the components that were sent without an id, from 1. */
export const complete = (components: Component[]): Component[] => {
  const all = flatten(components);
  const taken = new Set(all.map((one) => one.id));
  let next = 1;
  for (const one of all) {
    Object.assign(one, { ...defaults[one.type], ...one });
    if (one.id) continue;
    while (taken.has(next)) next += 1;
    one.id = next;
    taken.add(next);
  }
  return components;
};
