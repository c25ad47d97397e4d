import type { Asker, Command, InteractionContext, ModalOpener } from '../../src/discord/index.ts';
import type { Words } from '../../src/i18n/index.ts';
import { Problem } from '../../src/lib/index.ts';
import { parsePage, rejectModal, type View } from '../../src/views/index.ts';
import { written } from './written.ts';

/** What approvers decide about: an order, or a campaign as a whole. */
export interface Deciding<Decided> {
  /** Throws what `approve` would end with, and only reads. */
  requireVoice(id: string, member: Asker): Promise<void>;
  approve(id: string, member: Asker): Promise<Decided>;
  reject(id: string, member: Asker, reason: string): Promise<Decided>;
}

export const rejectForm = (verb: string): ModalOpener => ({
  acknowledge: 'modal',
  open: ({ words }, argument) => rejectModal(argument, words, verb),
});

/** The buttons of an approval's card. What they decide, the card shows: it is edited by whoever has the news. */
export function approvalButtons<Decided>(
  prefix: 'approval' | 'campaign',
  { requireVoice, approve, reject }: Deciding<Decided>,
  rejectedView: (rejected: Decided, words: Words) => View,
): Required<Pick<Command, 'presses' | 'submits'>> {
  const rejectVerb = `${prefix}.reject`;
  return {
    presses: {
      [`${prefix}.approve`]: {
        acknowledge: 'update',
        // Everybody reads the card: a crowd that may not decide is told so in one message each.
        refuse: ({ asker }, id) => requireVoice(id, asker),
        async press({ asker }, id) {
          await approve(id, asker);
          return undefined;
        },
      },
      [rejectVerb]: rejectForm(rejectVerb),
    },
    submits: {
      [rejectVerb]: {
        acknowledge: 'ephemeral',
        submit: async ({ asker, words }, id, { reason }) =>
          rejectedView(await reject(id, asker, written(reason)), words),
      },
    },
  };
}

/** Decides about one of a list and shows its page again, also where that was refused: somebody may have been faster. */
export async function decideListed<Decided>(
  moment: InteractionContext,
  here: string,
  decide: (id: string) => Promise<Decided>,
  list: (moment: InteractionContext, page: number, decided?: Decided) => Promise<View>,
): Promise<View> {
  const { query: id, page } = parsePage(here);
  const decided = await decide(id).catch(async (error: unknown) => {
    if (error instanceof Problem) await moment.show(await list(moment, Number(page)));
    throw error;
  });
  return list(moment, Number(page), decided);
}
