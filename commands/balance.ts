import { SlashCommandBuilder } from '@discordjs/builders';
import { asking } from '../src/catalog/index.ts';
import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { balanceView } from '../src/views/index.ts';
import type { App } from './app.ts';

export function balance({ account, rules }: App): Command {
  const { name, description } = en.commands.balance;
  return {
    definition: new SlashCommandBuilder().setName(name).setDescription(description).toJSON(),
    acknowledge: 'ephemeral',
    async run({ asker, words }) {
      if (!(await rules.seesBalance(asker))) throw new Problem('balance_hidden', {});
      const fresh = await asking(account.balance());
      return balanceView(fresh.balance, fresh.at, words);
    },
  };
}
