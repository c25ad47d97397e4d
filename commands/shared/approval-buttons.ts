import type { Command } from '../../src/discord/index.ts';
import type { Words } from '../../src/i18n/index.ts';
import type { Member } from '../../src/lib/index.ts';
import { rejectModal, type View } from '../../src/views/index.ts';

/** What approvers decide about: an order, or a campaign as a whole. */
export interface ApprovalSubject<Decided> {
  /** What the ids of its buttons begin with. */
  readonly prefix: 'approval' | 'campaign';
  approve(id: string, member: Member): Promise<Decided>;
  reject(id: string, member: Member, reason: string): Promise<Decided>;
  rejectedView(rejected: Decided, words: Words): View;
}

/** The buttons of an approval's card. What they decide, the card shows: it is edited by whoever has the news. */
export function approvalButtons<Decided>({
  prefix,
  approve,
  reject,
  rejectedView,
}: ApprovalSubject<Decided>): Required<Pick<Command, 'presses' | 'submits'>> {
  const rejectVerb = `${prefix}.reject`;
  return {
    presses: {
      [`${prefix}.approve`]: {
        acknowledge: 'update',
        async press({ asker }, id) {
          await approve(id, asker);
          return undefined;
        },
      },
      [rejectVerb]: {
        acknowledge: 'modal',
        open: ({ words }, id) => rejectModal(id, words, rejectVerb),
      },
    },
    submits: {
      [rejectVerb]: {
        acknowledge: 'ephemeral',
        submit: async ({ asker, words }, id, { reason = '' }) =>
          rejectedView(await reject(id, asker, reason), words),
      },
    },
  };
}
