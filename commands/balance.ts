import { asking } from '../src/catalog/index.ts';
import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { balanceView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { ONE_CALL } from './shared/vendor-calls.ts';

export const balance = ({ account, rules, discordHealth }: App): Command =>
  command(en.commands.balance, {
    vendorCalls: ONE_CALL,
    reads: true,
    async run({ asker, words }) {
      if (!(await rules.seesBalance(asker))) throw new Problem('balance_hidden', {});
      const fresh = await asking(account.balance());
      const { waits, late, last } = discordHealth();
      // Admins of the first server look after the bot itself.
      const slowed = asker.isAdmin && last && waits + late > 0 ? { waits, late, at: last.at } : undefined;
      return balanceView(fresh.balance, fresh.at, words, slowed);
    },
  });
