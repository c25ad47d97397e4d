import { counted, number } from './count.ts';

/** Why somebody who was drawn has no card. */
const gaveWay = {
  left: 'left the server',
  not_eligible: 'no longer fitted the rules at the draw',
  not_claimed: 'did not claim in time',
  replaced: 'was replaced by hand',
};

/** What whoever checks a draw reads at the command line. */
export const verifyDraw = {
  usage: `Repeats a draw from the file that Cardigan attached to its result:

  npm run verify-draw -- draw-K7Q2M9.json

And against the hash that was published when it was announced (64 characters, 0 to 9 and a to f):

  npm run verify-draw -- draw-K7Q2M9.json --seed-hash 5e88…

With - in place of a name it reads what is piped into it. It ends with 0 when everything holds, with 1 and a line for each
problem when something does not, and with 2 when there was nothing that it could check. What this proves and what it does
not: docs/fair-draw.md.`,
  noFile: (name: string, why: string) =>
    `${name} could not be read (${why}). Nothing was checked. Please check its name, and that you may open it.`,
  noDraw: (wrong: string) =>
    wrong === ''
      ? 'This is no draw file: it is not JSON. Nothing was checked. Please save the attachment of the result as it is, and try again.'
      : `This is no draw file that can be checked: "${wrong}" is missing or not as it should be. Nothing was checked. Please save the attachment of the result as it is, and try again.`,
  what: (campaign: string, entrants: number, places: number) =>
    `Draw ${campaign}: ${counted(entrants, 'entrant')}, ${counted(places, 'place')}.`,
  seed: 'The seed matches the hash in the file.',
  published: 'The seed matches the hash published at the start.',
  compare: (hash: string) =>
    `Was this hash published before the draw? Look at the first message, and compare it: ${hash}`,
  entrants: (hash: string) =>
    `The entrants are in order and match their hash. It has to be the one in the result: ${hash}`,
  places: 'Everybody named has the place that seed and entrants give them, and nobody before them was passed over.',
  winners: 'These are the winners:',
  noWinners: 'Nobody has won.',
  winner: (place: number, user: string) => `${number(place)}. ${user}`,
  gaveWay: 'These were drawn and gave way, as the file says:',
  gave: (place: number, user: string, why: keyof typeof gaveWay) => `${number(place)}. ${user} ${gaveWay[why]}`,
  free: (free: number, left: number) =>
    `${counted(free, 'place has', 'places have')} no winner. ${
      left === 0
        ? 'No entrant is left who could take one.'
        : `${counted(left, 'entrant comes', 'entrants come')} after all who are named, and could have taken one.`
    }`,
  holds: 'Everything that was checked holds.',
  fails: (count: number) => `This draw does not hold: ${counted(count, 'problem was', 'problems were')} found.`,
  more: (count: number) => `… and ${number(count)} more.`,
  problems: {
    seed_differs: (is: string) => `The seed does not match the hash in the file: the hash of the seed is ${is}.`,
    published_differs: (is: string) =>
      `The seed does not match the hash published at the start: the hash of the seed is ${is}.`,
    out_of_order: () => 'The entrants are not in order, or one is there twice.',
    entrants_differ: (is: string) =>
      `The entrants do not match their hash: somebody was added, left out or exchanged. The hash of those in the file is ${is}.`,
    not_entered: (user: string) => `${user} is named and is no entrant.`,
    listed_twice: (user: string) => `${user} is named twice.`,
    wrong_place: (user: string, says: number, is: number) =>
      `${user} is named at place ${number(says)} and has place ${number(is)}.`,
    skipped: (user: string, place: number) =>
      `Place ${number(place)} was passed over: ${user} neither won nor gave way.`,
    too_many_winners: (winners: number, places: number) =>
      `${counted(winners, 'winner is', 'winners are')} named for ${counted(places, 'place')}.`,
  },
};
