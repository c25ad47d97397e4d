/** @import { Choice, CommandView, GuildView, OptionValues, OptionView } from '../contract.ts' */

/** What is filled into an option: what one reads, and what is sent, where that was picked. */
/** @typedef {{ text: string, value?: OptionValues[string] }} Filled */
/** @typedef {Record<string, Filled>} Fields */

/** Commands that fit what was typed after `/`, best first. @param {readonly CommandView[]} commands @param {string} typed */
export function fitting(commands, typed) {
  const words = typed.trim().toLowerCase();
  const starts = commands.filter(({ name }) => name.startsWith(words));
  const others = commands.filter(
    ({ name, description }) => !name.startsWith(words) && `${name} ${description}`.toLowerCase().includes(words),
  );
  return [...starts, ...(words.length > 1 ? others : [])];
}

/** @param {GuildView | undefined} guild @returns {Record<string, Choice[]>} */
const peopleOf = (guild) => {
  const users = (guild?.members ?? []).map(({ id, name }) => ({ name: `@${name}`, value: id }));
  const roles = (guild?.roles ?? []).map(({ id, name }) => ({ name: `@${name}`, value: id }));
  const channels = (guild?.channels ?? []).map(({ id, name }) => ({ name: `#${name}`, value: id }));
  return { user: users, role: roles, channel: channels, mentionable: [...users, ...roles] };
};

const yesOrNo = [
  { name: 'True', value: 'true' },
  { name: 'False', value: 'false' },
];

/** All there is to pick for an option, where the page knows it by itself. @param {OptionView} option @param {GuildView | undefined} guild @returns {Choice[]} */
export function pickable({ type, choices }, guild) {
  if (choices.length > 0) return choices;
  return type === 'boolean' ? yesOrNo : (peopleOf(guild)[type] ?? []);
}

/** @param {OptionView} option */
export const mustBePicked = ({ type, choices }) =>
  choices.length > 0 || ['boolean', 'user', 'role', 'channel', 'mentionable'].includes(type);

/** @param {OptionView} option @param {string} text @returns {string | undefined} */
function wrongNumber({ type, min, max }, text) {
  if (!(type === 'integer' ? /^-?\d+$/ : /^-?\d+([.]\d+)?$/).test(text))
    return `a ${type === 'integer' ? 'whole number' : 'number'}, not ${text}`;
  if (min !== null && Number(text) < min) return `at least ${min}, not ${text}`;
  return max !== null && Number(text) > max ? `at most ${max}, not ${text}` : undefined;
}

/** @param {OptionView} option @param {string} text @returns {string | undefined} */
function wrongText({ minLength, maxLength }, text) {
  if (minLength !== null && text.length < minLength) return `at least ${minLength} characters`;
  return maxLength !== null && text.length > maxLength ? `at most ${maxLength} characters` : undefined;
}

const isNumber = (/** @type {OptionView} */ { type }) => type === 'integer' || type === 'number';

/** Why an option cannot be sent as it is. @param {OptionView} option @param {Filled | undefined} filled */
export function wrongWith(option, filled) {
  const text = filled?.text.trim() ?? '';
  if (text === '') return option.required ? `${option.name} is required.` : undefined;
  if (filled?.value !== undefined) return undefined;
  if (mustBePicked(option)) return `${option.name}: pick one from the list.`;
  const wrong = isNumber(option) ? wrongNumber(option, text) : wrongText(option, text);
  return wrong && `${option.name}: ${wrong}.`;
}

/** What is sent. @param {readonly OptionView[]} options @param {Fields} fields @returns {OptionValues} */
export function valuesOf(options, fields) {
  /** @type {OptionValues} */
  const values = {};
  for (const option of options) {
    const filled = fields[option.name];
    const text = filled?.text.trim() ?? '';
    if (!filled || text === '') continue;
    const value = filled.value ?? (isNumber(option) ? Number(text) : text);
    values[option.name] = option.type === 'boolean' ? value === 'true' : value;
  }
  return values;
}
