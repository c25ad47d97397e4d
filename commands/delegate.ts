import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { appointedView, delegationsView, endedView, nameDelegateModal } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { completeFrom, memberOption, textOption } from './shared/option.ts';

/** Approvers without Manage Server, who may not see the command, have the same by a button of /approvals. */
export function delegate({ delegating }: App): Command {
  const overview = async ({ asker, words }: InteractionContext) => delegationsView(await delegating.of(asker), words);

  async function appoint({ asker, words }: InteractionContext, member: string | undefined, until: string | undefined) {
    if (member === undefined || until === undefined) throw new Problem('delegate_incomplete', {});
    const wished = { delegate: member, until, says: words.rewardTimes.says };
    return appointedView(await delegating.name(asker, wished), words);
  }

  return command(en.commands.delegate, {
    isForManagers: true,
    options: { member: memberOption, until: textOption(40, completeFrom(en.delegates.offered)) },
    run: (moment, { member, until }) =>
      member === undefined && until === undefined ? overview(moment) : appoint(moment, member, until),
    presses: {
      'delegate.show': { acknowledge: 'ephemeral', reads: true, press: overview },
      'delegate.choose': { acknowledge: 'modal', open: ({ words }) => nameDelegateModal(words) },
      'delegate.end': {
        acknowledge: 'update',
        press: async ({ asker, words }) => endedView(await delegating.end(asker), words),
      },
    },
    submits: {
      'delegate.choose': {
        acknowledge: 'update',
        submit: (moment, _, { until }, { member }) => appoint(moment, member?.[0], until),
      },
    },
  });
}
