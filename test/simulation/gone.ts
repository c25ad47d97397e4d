import fc from 'fast-check';
import type { Kind } from './scheduler.ts';
import type { World } from './world.ts';

const HOUR = 3600_000;

/** What may go away and never come back. */
export const partNames = [
  'the answers to purchases',
  'the stock check',
  'the order list',
  'each single order',
  'CardPlusPay',
  'direct messages',
  'the inboxes of everybody',
  'the admins’ channel',
  'Discord',
  'who somebody is',
  'one of two processes',
  'the right time, by three hours ahead',
  'the right time, by three hours behind',
] as const;
export type Part = (typeof partNames)[number];

/** How the world is once it has gone. */
export const parts: Readonly<Record<Part, (world: World) => unknown>> = {
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

/** Which part goes, and after which call: the one after the next `skip` of its kind. Without such a call it goes once the steps are over. */
export interface Gone {
  readonly part: Part;
  readonly on: Kind;
  readonly skip: number;
}

/** A part that is gone, and since when. */
export interface GoneSince {
  readonly part: Part;
  readonly since: number;
}

const calls = [
  ...(['store.write', 'store.out', 'store.out', 'post.leave', 'post.leave', 'post.answer', 'store.bought'] as const),
  ...(['store.bought', 'vault.write', 'dm.send', 'api.list', 'api.read'] as const),
];

export const goneOf = (...names: readonly Part[]): fc.Arbitrary<Gone> =>
  fc.record({ part: fc.constantFrom(...names), on: fc.constantFrom(...calls), skip: fc.nat({ max: 5 }) });

/** Whoever is to be told by Cardigan can be told no more: what is recorded for telling is all that there can be. */
export const silences: readonly Part[] = ['the admins’ channel', 'Discord'];
/** Moments that are compared are of two clocks from then on. */
export const isOfTime = (part: Part): boolean => part.startsWith('the right time');
