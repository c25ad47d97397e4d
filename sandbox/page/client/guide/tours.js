/** @import { App } from '../app.js' */
/** @import { Hand } from './hand.js' */
import { buttonHere } from './hand.js';

/** @typedef {{ orders: number, starts: number }} Base How things were when a tour began. */
/**
 * @typedef Step
 * @property {string} say
 * @property {string} label On the button that does it.
 * @property {(hand: Hand, app: App) => unknown} act
 * @property {(app: App, base: Base) => boolean | undefined} [isDone] Also where somebody does it by hand.
 */
/** @typedef {{ id: string, title: string, steps: Step[], end: string }} Tour */

const CARD = 'google-play-usd-5';
const CONFIRM = 'quote.confirm:';

/** @param {App} app @param {Base} base */
const hasBought = ({ state }, base) => state.truth !== null && state.truth.orders.length > base.orders;
/** @param {App} app */
const isInDms = (app) => app.state.view?.dms.some(({ id }) => id === app.place());
/** Until CardPlusPay has an order more than before. @param {Hand} hand @param {App} app @param {string} verb */
async function pressToBuy(hand, app, verb) {
  const orders = () => app.state.truth?.orders.length ?? 0;
  const had = orders();
  await hand.press(verb);
  await hand.see(() => orders() > had, 'The order');
}

/** @type {Tour} */
const buy = {
  id: 'buy',
  title: 'Buy',
  steps: [
    {
      say: 'Ada is an admin. She runs /buy for a $5 Google Play card and sees the total before anything is charged.',
      label: 'Run /buy as Ada',
      act: async (hand) => {
        await hand.be('Ada');
        await hand.run('buy', { item: CARD }, CONFIRM);
      },
      isDone: (app) => app.state.sending.length === 0 && buttonHere(app, CONFIRM) !== undefined,
    },
    {
      say: 'She confirms. Watch the balance and the orders at CardPlusPay.',
      label: 'Press Confirm',
      act: (hand, app) => pressToBuy(hand, app, CONFIRM),
      isDone: hasBought,
    },
    {
      say: 'The code is for Ada only. It is waiting in her direct messages.',
      label: "Open Ada's messages",
      act: (hand) => hand.be('Ada', ''),
      isDone: isInDms,
    },
  ],
  end: 'Bought, charged once, delivered.',
};

/** @type {Tour} */
const approve = {
  id: 'approve',
  title: 'Approve',
  steps: [
    {
      say: "Bob is on the team, but he can't buy alone. His quote asks for approval.",
      label: 'Run /buy as Bob',
      act: async (hand) => {
        await hand.be('Bob');
        await hand.run('buy', { item: CARD, reason: 'Prize for the quiz' }, 'quote.ask:');
      },
      isDone: (app) => buttonHere(app, 'quote.ask:') !== undefined,
    },
    {
      say: 'He sends the request. The amount is reserved from his budget.',
      label: 'Request approval',
      act: (hand) => hand.press('quote.ask:'),
    },
    {
      say: 'Ada sees the card in #general, with everything she needs to decide, and approves.',
      label: 'Approve as Ada',
      act: async (hand, app) => {
        await hand.be('Ada');
        await pressToBuy(hand, app, '(approval|order).approve:');
      },
      isDone: hasBought,
    },
  ],
  end: 'Approved by somebody else, bought, and delivered to Bob.',
};

/** @type {Tour} */
const crash = {
  id: 'crash',
  title: 'Kill the bot',
  steps: [
    {
      say: 'First slow CardPlusPay down: it charges at once, but its answer takes 8 seconds.',
      label: 'Delay the next answer',
      act: (_, app) => app.does.fault('slow-next-answer', { on: true }),
      isDone: ({ state }) => state.truth?.faults.slowsNextAnswer,
    },
    {
      say: 'Ada buys a card. CardPlusPay charges it, and the answer is on its way.',
      label: 'Buy as Ada',
      act: async (hand, app) => {
        await hand.be('Ada');
        await hand.run('buy', { item: CARD }, CONFIRM);
        await pressToBuy(hand, app, CONFIRM);
      },
      isDone: hasBought,
    },
    {
      say: 'Now kill the bot in the middle of it. You have 8 seconds.',
      label: 'kill −9',
      act: (_, app) => app.does.bot('kill'),
      isDone: ({ state }) => state.truth?.bot.state === 'killed',
    },
    {
      say: 'Start it again. It looks for its order at CardPlusPay, and never buys a second time.',
      label: 'Start the bot',
      act: async (hand, app) => {
        await app.does.bot('start');
        await hand.see(() => app.state.truth?.bot.state === 'serving', 'The bot');
      },
      isDone: ({ state }, base) => state.truth?.bot.state === 'serving' && state.truth.bot.starts > base.starts,
    },
    {
      say: 'Within half a minute it finds the order and delivers the code.',
      label: "Open Ada's messages",
      act: (hand) => hand.be('Ada', ''),
      isDone: isInDms,
    },
  ],
  end: 'One order, one charge, one code.',
};

/** @type {Tour} */
const draw = {
  id: 'draw',
  title: 'Fair draw',
  steps: [
    {
      say: 'Ada starts a giveaway. A fingerprint that fixes the draw is published before anyone enters.',
      label: 'Start a giveaway',
      act: async (hand, app) => {
        await hand.be('Ada', 'quiz');
        const before = buttonHere(app, 'giveaway.enter:')?.customId;
        await hand.run('reward giveaway', { item: CARD, winners: 1, ends: '1 hour' }, 'campaign.confirm:');
        await hand.press('campaign.confirm:');
        await hand.see(() => {
          const now = buttonHere(app, 'giveaway.enter:')?.customId;
          return now !== undefined && now !== before;
        }, 'The giveaway');
      },
    },
    {
      say: 'Bob, Cleo and Dan enter.',
      label: 'Enter as all three',
      act: async (hand) => {
        for (const name of ['Bob', 'Cleo', 'Dan']) {
          await hand.be(name, 'quiz');
          await hand.press('giveaway.enter:');
        }
      },
    },
    {
      say: 'Ada ends it early, so the winner is drawn now.',
      label: 'End it as Ada',
      act: async (hand, app) => {
        await hand.be('Ada', 'quiz');
        const open = await hand.see(() => buttonHere(app, 'giveaway.enter:'), 'The giveaway');
        const [, id] = open.customId.split(':');
        await hand.press(`campaign.open:${id}`);
        await hand.press(`campaign.end_early:${id}`);
        await hand.see(() => !buttonHere(app, `giveaway.enter:${id}`), 'The draw');
      },
    },
    {
      say: 'The seed and a file with the whole draw are in #quiz. Download the file and run: npm run verify-draw -- FILE',
      label: 'Show the draw',
      act: (hand) => hand.be('Cleo', 'quiz'),
    },
  ],
  end: 'Anyone can check it: the same seed and entries give the same winner.',
};

/** @type {Tour} */
const audit = {
  id: 'audit',
  title: 'Audit',
  steps: [
    {
      say: 'Everything that you and the club have done is on record: who requested, decided, paid and revealed what.',
      label: 'Run /audit as Ada',
      act: async (hand, app) => {
        await hand.be('Ada');
        await app.does.command('audit', {});
      },
    },
  ],
  end: 'Each entry is chained to the one before, so nobody can change one unnoticed.',
};

export const tours = [buy, approve, crash, draw, audit];
