import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import type { App } from './app.ts';
import { campaignApprovals } from './reward/approve.ts';
import { bulk } from './reward/bulk.ts';
import { decisionPresses } from './reward/decide.ts';
import { drop } from './reward/drop.ts';
import { fetchPresses } from './reward/fetch-code.ts';
import { giveaway } from './reward/giveaway.ts';
import { list } from './reward/list.ts';
import { send } from './reward/send.ts';
import type { Subcommand } from './reward/subcommand.ts';

const { name, description } = en.commands.reward;

/** Gift cards for members: one, many, the first to claim, or by draw. Each way is a file in `reward/`. */
export function reward(app: App): Command {
  const subcommands: readonly Subcommand[] = [send, bulk, drop, giveaway, list].map((create) =>
    create(app),
  );
  const definition = new SlashCommandBuilder().setName(name).setDescription(description);
  for (const { define } of subcommands) definition.addSubcommand(define);
  const approvals = campaignApprovals(app);
  const all = <Key extends 'presses' | 'submits' | 'complete'>(key: Key): Subcommand[Key] =>
    Object.assign({}, ...subcommands.map((each) => each[key]));
  return {
    definition: definition.toJSON(),
    acknowledge: 'ephemeral',
    async run(moment, options) {
      const chosen = subcommands.find((each) => each.name === options.subcommand);
      if (!chosen) throw new Error(`/reward has no ${options.subcommand}`);
      return chosen.run(moment, options);
    },
    presses: {
      ...decisionPresses(app),
      ...fetchPresses(app),
      ...approvals.presses,
      ...all('presses'),
    },
    submits: { ...approvals.submits, ...all('submits') },
    complete: { ...all('complete') },
  };
}
