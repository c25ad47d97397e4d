/** @import { Choice, CommandView } from '../contract.ts' */
/** @import { Fields } from './command-line.js' */
import { fitting, wrongWith } from './command-line.js';

/**
 * What is being written, and what is offered meanwhile.
 *
 * @typedef Composing
 * @property {string} text
 * @property {CommandView | null} command
 * @property {Fields} fields
 * @property {string} active The option that is being filled in.
 * @property {string[]} opened Optional ones that were asked for.
 * @property {Choice[]} choices
 * @property {string} note Beneath the choices: that they are being fetched, or could not be.
 * @property {number} at Which suggestion Enter takes; -1: none.
 * @property {boolean} isListOpen
 * @property {string} wrong
 */

/** @type {Composing} */
export const empty = {
  text: '',
  command: null,
  fields: {},
  active: '',
  opened: [],
  choices: [],
  note: '',
  at: 0,
  isListOpen: false,
  wrong: '',
};

/** The option that is being filled in. @param {Composing} state */
export const optionOf = ({ command, active }) => command?.options.find(({ name }) => name === active);

/** Options that have a field. @param {Composing} state */
export const shownOf = ({ command, fields, opened }) =>
  (command?.options ?? []).filter(({ name, required }) => required || opened.includes(name) || fields[name]?.text);

/** Commands that fit what is typed. @param {Composing} state @param {readonly CommandView[]} commands */
export const foundOf = ({ text, command }, commands) =>
  command || !text.startsWith('/') ? [] : fitting(commands, text.slice(1));

/** Where to go once an option is filled in: the next one that lacks something. @param {Composing} state */
export const nextOf = (state) =>
  shownOf(state).find((one) => one.name !== state.active && wrongWith(one, state.fields[one.name]));

/** The first option that cannot be sent as it is, and why. @param {CommandView} command @param {Fields} fields */
export function firstWrong({ options }, fields) {
  for (const option of options) {
    const wrong = wrongWith(option, fields[option.name]);
    if (wrong) return { name: option.name, wrong };
  }
  return undefined;
}

/** Why what looks like a command is none. @param {string} text @param {readonly CommandView[]} commands */
export const unknownCommand = (text, commands) =>
  commands.length > 0 ? `There is no command ${text}. Type / to see them all.` : 'The bot has no commands here.';

/** Another suggestion, round and round. @param {number} at @param {number} step @param {number} count */
export const movedBy = (at, step, count) => (at < 0 && step < 0 ? count - 1 : (at + step + count) % count);
