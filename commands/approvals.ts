import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, Moment, PressHandler } from '../src/discord/handler.ts';
import { en } from '../src/i18n/en.ts';
import type { Order } from '../src/orders/order.ts';
import { Problem } from '../src/problem.ts';
import { approvalListView, rejectListedModal, WAITING_A_PAGE } from '../src/views/approvals.ts';
import { parsePage } from '../src/views/button-id.ts';
import type { View } from '../src/views/view.ts';
import type { App } from './app.ts';

export function approvals({ purchasing }: App): Command {
  async function list({ asker, words }: Moment, number: number, decided?: Order): Promise<View> {
    const page = await purchasing.awaiting(asker, { number, size: WAITING_A_PAGE });
    return approvalListView(page, { member: asker, decided }, words);
  }

  /** Decides about one of the list and shows it again, also where that was refused: it may be decided by now. */
  async function decide(
    moment: Moment,
    here: string,
    how: (id: string) => Promise<Order>,
  ): Promise<View> {
    const { query: id, page } = parsePage(here);
    const decided = await how(id).catch(async (error: unknown) => {
      if (error instanceof Problem) await moment.show(await list(moment, Number(page)));
      throw error;
    });
    return list(moment, Number(page), decided);
  }

  const turn: PressHandler = {
    acknowledge: 'update',
    press: (moment, page) => list(moment, Number(page)),
  };

  const approve: PressHandler = {
    acknowledge: 'update',
    press: (moment, here) => decide(moment, here, (id) => purchasing.approve(id, moment.asker)),
  };

  const { name, description } = en.commands.approvals;
  return {
    definition: new SlashCommandBuilder().setName(name).setDescription(description).toJSON(),
    acknowledge: 'ephemeral',
    run: (moment) => list(moment, 0),
    presses: {
      'approvals.page': turn,
      'approvals.approve': approve,
      'approvals.reject': {
        acknowledge: 'modal',
        open: ({ words }, here) => rejectListedModal(here, words),
      },
    },
    submits: {
      'approvals.reject': {
        acknowledge: 'update',
        submit: (moment, here, { reason = '' }) =>
          decide(moment, here, (id) => purchasing.reject(id, moment.asker, reason)),
      },
    },
  };
}
