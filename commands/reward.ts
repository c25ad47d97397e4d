import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { campaignRejectedView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { again } from './reward/again.ts';
import { bulk } from './reward/bulk.ts';
import { decisionPresses } from './reward/decide.ts';
import { drop } from './reward/drop.ts';
import { giveaway } from './reward/giveaway.ts';
import { list } from './reward/list.ts';
import { rightClick } from './reward/right-click.ts';
import { send } from './reward/send.ts';
import { approvalButtons } from './shared/decide.ts';
import { commandOf } from './shared/define.ts';

/** Gift cards for members: one, many, the first to claim, or by draw. Each way is a file in `reward/`. */
export function reward(app: App): Command {
  const subcommands = [send, bulk, drop, giveaway, again, list].map((create) => create(app));
  const card = approvalButtons('campaign', app.campaigns, campaignRejectedView);
  const clicked = rightClick(app);
  const presses = { ...decisionPresses(app), ...card.presses, ...clicked.presses };
  const submits = { ...card.submits, ...clicked.submits };
  return commandOf(en.commands.reward, subcommands, { menus: clicked.menus, presses, submits });
}
