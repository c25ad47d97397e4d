import { asking } from '../src/catalog/index.ts';
import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { balanceView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

export const balance = ({ account, rules }: App): Command =>
  command(en.commands.balance, {
    async run({ asker, words }) {
      if (!(await rules.seesBalance(asker))) throw new Problem('balance_hidden', {});
      const fresh = await asking(account.balance());
      return balanceView(fresh.balance, fresh.at, words);
    },
  });
