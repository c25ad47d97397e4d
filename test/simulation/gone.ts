import fc from 'fast-check';
import type { Kind } from './scheduler.ts';

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
