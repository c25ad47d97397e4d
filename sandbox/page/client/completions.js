/** @import { Choice, CommandView, GuildView, OptionView } from '../contract.ts' */
/** @import { App } from './app.js' */
/** @import { Fields } from './command-line.js' */
import { pickable, valuesOf, wrongWith } from './command-line.js';

const COMPLETE_AFTER_MS = 120;

/** @typedef {{ command: CommandView, option: OptionView, fields: Fields, guild: GuildView | undefined }} Filling */
/** @typedef {{ choices: Choice[], at: number, note: string }} Offered */

/**
 * What may be picked for an option while it is typed: what the page knows by itself at once, what the bot offers after a
 * moment without a key. An answer that comes after something newer was asked for is left out.
 *
 * @param {(offered: Offered) => void} offer
 */
export function createCompletions(offer) {
  let asked = 0;
  let timer = 0;

  function stop() {
    clearTimeout(timer);
    asked += 1;
  }

  /** @param {App} app @param {Filling} filling @param {string} text @param {number} at */
  async function fetch(app, { command, option, fields }, text, at) {
    const mine = asked;
    const others = command.options.filter((one) => one.name !== option.name && !wrongWith(one, fields[one.name]));
    const answer = await app.does.complete({
      name: command.name,
      options: { ...valuesOf(others, fields), [option.name]: text },
      focused: option.name,
    });
    if (mine !== asked) return;
    const choices = 'choices' in answer ? answer.choices : [];
    const note = 'error' in answer ? String(answer.error) : '';
    offer({ choices, at: choices.length > 0 ? at : -1, note });
  }

  return {
    stop,
    /** @param {App} app @param {Filling} filling */
    suggest(app, filling) {
      stop();
      const { option, fields, guild } = filling;
      const text = fields[option.name]?.text ?? '';
      const at = option.required || text !== '' ? 0 : -1;
      if (option.completes) {
        timer = window.setTimeout(() => void fetch(app, filling, text, at), COMPLETE_AFTER_MS);
        return;
      }
      const words = text.toLowerCase();
      const choices = pickable(option, guild).filter(({ name }) => name.toLowerCase().includes(words));
      offer({ choices, at: choices.length > 0 ? at : -1, note: '' });
    },
  };
}
