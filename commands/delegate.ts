import { SlashCommandBuilder } from '@discordjs/builders';
import type { Choice, Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { appointedView, delegationsView, endedView } from '../src/views/index.ts';
import type { App } from './app.ts';

const { name, description, options } = en.commands.delegate;

function definition(): Command['definition'] {
  return new SlashCommandBuilder()
    .setName(name)
    .setDescription(description)
    .addUserOption((option) =>
      option.setName(options.member.name).setDescription(options.member.description),
    )
    .addStringOption((option) =>
      option
        .setName(options.until.name)
        .setDescription(options.until.description)
        .setMaxLength(40)
        .setAutocomplete(true),
    )
    .toJSON();
}

/** A date is typed by hand. */
function completeUntil(typed: string): Choice[] {
  const start = typed.trim().toLowerCase();
  return en.delegates.offered
    .filter((each) => each.toLowerCase().startsWith(start))
    .map((each) => ({ name: each, value: each }));
}

export function delegate({ delegating }: App): Command {
  return {
    definition: definition(),
    acknowledge: 'ephemeral',
    async run({ asker, words }, { member, until }) {
      if (member === undefined && until === undefined)
        return delegationsView(await delegating.of(asker), words);
      if (member === undefined || until === undefined) throw new Problem('delegate_incomplete', {});
      const { says } = words.delegates;
      const wished = { delegate: String(member), until: String(until), says };
      return appointedView(await delegating.name(asker, wished), words);
    },
    complete: { [options.until.name]: completeUntil },
    presses: {
      'delegate.end': {
        acknowledge: 'update',
        press: async ({ asker, words }) => endedView(await delegating.end(asker), words),
      },
    },
  };
}
