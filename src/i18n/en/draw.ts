import { counted, number } from './count.ts';

/** Why somebody who was drawn has no card. */
const gaveWay = {
  left: 'left the server',
  not_eligible: 'was no longer eligible',
  not_claimed: 'did not claim in time',
  replaced: 'was replaced by the organiser',
};

/** What whoever checks a draw reads at the command line. */
export const verifyDraw = {
  usage: `Verifies a draw from the file that Cardigan attached to its result:

  npm run verify-draw -- draw-K7Q2M9.json

Also checks it against the hash published when the draw was announced (64 characters, 0 to 9 and a to f):

  npm run verify-draw -- draw-K7Q2M9.json --seed-hash 5e88…

Use - instead of a file name to read from a pipe. Exit codes: 0 the draw is valid, 1 it is not (one line for each problem),
2 it could not be verified. What this proves, and what it doesn't: docs/fair-draw.md.`,
  noFile: (name: string, why: string) =>
    `${name} could not be read (${why}). Nothing was verified. Check its name and permissions.`,
  noDraw: (wrong: string) =>
    wrong === ''
      ? 'This is not a draw file: it is not JSON. Nothing was verified. Save the attachment of the result unchanged, and try again.'
      : `This is not a draw file: "${wrong}" is missing or malformed. Nothing was verified. Save the attachment of the result unchanged, and try again.`,
  what: (campaign: string, entrants: number, places: number) =>
    `Draw ${campaign}: ${counted(entrants, 'entry', 'entries')}, ${counted(places, 'winner')}.`,
  seed: 'The seed matches the hash in the file.',
  published: 'The seed matches the hash published at the start.',
  compare: (hash: string) => `Compare this hash with the one published before the draw: ${hash}`,
  entrants: (hash: string) =>
    `The entries are in order and match their hash. Compare it with the one in the result: ${hash}`,
  places: 'Every winner has the place that the seed and the entries give them, and nobody was skipped.',
  winners: 'Winners:',
  noWinners: 'There is no winner.',
  winner: (place: number, user: string) => `${number(place)}. ${user}`,
  gaveWay: 'Drawn and then replaced, according to the file:',
  gave: (place: number, user: string, why: keyof typeof gaveWay) => `${number(place)}. ${user} ${gaveWay[why]}`,
  free: (free: number, left: number) =>
    `${counted(free, 'place has', 'places have')} no winner. ${
      left === 0
        ? 'No entries are left to take one.'
        : `${counted(left, 'entry', 'entries')} further down could have taken one.`
    }`,
  holds: 'The draw is valid.',
  fails: (count: number) => `The draw is not valid: ${counted(count, 'problem')}.`,
  more: (count: number) => `… and ${number(count)} more.`,
  problems: {
    seed_differs: (is: string) => `The seed does not match the hash in the file: the hash of the seed is ${is}.`,
    published_differs: (is: string) =>
      `The seed does not match the hash published at the start: the hash of the seed is ${is}.`,
    out_of_order: () => 'The entries are not in order, or one appears twice.',
    entrants_differ: (is: string) =>
      `The entries do not match their hash: somebody was added, removed or swapped. The hash of those in the file is ${is}.`,
    not_entered: (user: string) => `${user} is listed but has no entry.`,
    listed_twice: (user: string) => `${user} is listed twice.`,
    wrong_place: (user: string, says: number, is: number) =>
      `${user} is listed at place ${number(says)} but has place ${number(is)}.`,
    skipped: (user: string, place: number) =>
      `Place ${number(place)} was skipped: ${user} neither won nor was replaced.`,
    too_many_winners: (winners: number, places: number) =>
      `${counted(winners, 'winner is', 'winners are')} listed for ${counted(places, 'place')}.`,
  },
};
