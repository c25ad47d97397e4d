import type { Discord } from './discord.ts';
import type { Part } from './gone.ts';
import type { Guild } from './guild.ts';
import type { Alive } from './scheduler.ts';
import type { Vendor } from './vendor/vendor.ts';

/** What of the world can go. */
interface Losing {
  readonly vendor: Vendor;
  readonly discord: Discord;
  readonly guild: Guild;
  alive(): Alive[];
  moveClocks(ms: number): void;
}

const HOUR = 3600_000;

/** How the world is once it has gone. */
export const parts: Readonly<Record<Part, (world: Losing) => unknown>> = {
  'the answers to purchases': ({ vendor }) => vendor.gone.add('answers'),
  'the stock check': ({ vendor }) => vendor.gone.add('stock'),
  'the order list': ({ vendor }) => vendor.gone.add('list'),
  'each single order': ({ vendor }) => vendor.gone.add('order'),
  CardPlusPay: ({ vendor }) => vendor.gone.add('all'),
  'direct messages': ({ discord }) => discord.gone.add('people'),
  'the inboxes of everybody': ({ discord }) => discord.gone.add('inboxes'),
  'the admins’ channel': ({ discord }) => discord.gone.add('admins'),
  Discord({ discord, guild }) {
    for (const what of ['people', 'admins'] as const) discord.gone.add(what);
    guild.isSilent = true;
  },
  'who somebody is': ({ guild }) => {
    guild.isSilent = true;
  },
  'one of two processes': (world) => {
    const [process] = world.alive();
    if (process) Object.assign(process, { isFrozen: true, isGone: true });
  },
  'the right time, by three hours ahead': (world) => world.moveClocks(3 * HOUR),
  'the right time, by three hours behind': (world) => world.moveClocks(-3 * HOUR),
};
