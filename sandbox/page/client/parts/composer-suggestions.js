/** @import { Choice, CommandView, OptionView } from '../../contract.ts' */
/** @import { Composing } from '../composing.js' */
import { h } from 'preact';
import { mustBePicked } from '../command-line.js';
import { optionOf } from '../composing.js';
import { Suggestions } from './suggestions.js';

/** @param {OptionView} option */
const limitsOf = ({ required, min, max }) =>
  [required ? 'required' : 'optional', min !== null && max !== null && `${min} to ${max}`].filter(Boolean).join(', ');

/** @param {{ at: number, found: CommandView[], take(command: CommandView): void }} props */
const commandList = ({ at, found, take }) =>
  h(Suggestions, {
    title: 'Commands',
    at,
    entries: found.map(({ name, description }) => ({
      key: name,
      name: `/${name}`,
      note: description,
    })),
    onPick: (index) => found[index] && take(found[index]),
  });

/**
 * The list above the field: commands that fit, or choices of the option that is being filled in.
 *
 * @param {{ state: Composing, found: CommandView[], take(command: CommandView): void, pick(choice: Choice): void }} props
 */
export function ComposerSuggestions({ state, found, take, pick }) {
  const { command, choices, at, isListOpen, note } = state;
  if (!isListOpen) return null;
  if (!command) return commandList({ at, found, take });
  const option = optionOf(state);
  if (!option) return null;
  const nothing = mustBePicked(option) && choices.length === 0 ? 'No matches.' : '';
  return h(Suggestions, {
    title: option.name,
    about: option.description,
    limits: limitsOf(option),
    at,
    note: note || nothing,
    entries: choices.map(({ name, value }) => ({ key: String(value), name, note: '' })),
    onPick: (index) => choices[index] && pick(choices[index]),
  });
}
