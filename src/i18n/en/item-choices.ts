import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** A card among the suggestions of a command: what it is, and what is charged for one. Discord draws them as plain text. */
export const itemChoices = {
  priced: (name: string, charged: Money) => `${name} — ${money(charged)}`,
  /** What tells it from another of the same name and price. */
  apart: (name: string, what: string) => `${name} (${what})`,
  physical: (what: string) => `${what} · physical card`,
};
