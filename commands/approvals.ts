import { SlashCommandBuilder } from '@discordjs/builders';
import type { Campaign } from '../src/campaigns/index.ts';
import type { Command, Moment, PressHandler, SubmitHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import type { Order } from '../src/orders/index.ts';
import {
  approvalListView,
  parsePage,
  rejectModal,
  type View,
  WAITING_A_PAGE,
} from '../src/views/index.ts';
import type { App } from './app.ts';

type Decided = Order | Campaign;
type Member = Moment['asker'];

/** Who decides about what: an order, or a whole campaign. */
interface Deciding {
  approve(id: string, member: Member): Promise<Decided>;
  reject(id: string, member: Member, reason: string): Promise<Decided>;
}

export function approvals({ orders, campaigns }: App): Command {
  async function list({ asker, words }: Moment, number: number, decided?: Decided): Promise<View> {
    const others = await campaigns.awaiting(asker);
    const page = await orders.awaiting(asker, { number, size: WAITING_A_PAGE }, others);
    return approvalListView(page, { member: asker, decided }, words);
  }

  /** Decides about one of the list and shows it again, also where that was refused: it may be decided by now. */
  async function decide(
    moment: Moment,
    here: string,
    how: (id: string) => Promise<Decided>,
  ): Promise<View> {
    const { query: id, page } = parsePage(here);
    const decided = await how(id).catch(async (error: unknown) => {
      if (error instanceof Problem) await moment.show(await list(moment, Number(page)));
      throw error;
    });
    return list(moment, Number(page), decided);
  }

  const approve = (deciding: Deciding): PressHandler => ({
    acknowledge: 'update',
    press: (moment, here) => decide(moment, here, (id) => deciding.approve(id, moment.asker)),
  });

  const reject = (deciding: Deciding): SubmitHandler => ({
    acknowledge: 'update',
    submit: (moment, here, { reason = '' }) =>
      decide(moment, here, (id) => deciding.reject(id, moment.asker, reason)),
  });

  const askWhy = (verb: string) => ({
    acknowledge: 'modal' as const,
    open: ({ words }: Pick<Moment, 'words'>, here: string) => rejectModal(here, words, verb),
  });

  const turn: PressHandler = {
    acknowledge: 'update',
    press: (moment, page) => list(moment, Number(page)),
  };

  const { name, description } = en.commands.approvals;
  return {
    definition: new SlashCommandBuilder().setName(name).setDescription(description).toJSON(),
    acknowledge: 'ephemeral',
    run: (moment) => list(moment, 0),
    presses: {
      'approvals.page': turn,
      'approvals.approve': approve(orders),
      'approvals.reject': askWhy('approvals.reject'),
      'approvals.approve_campaign': approve(campaigns),
      'approvals.reject_campaign': askWhy('approvals.reject_campaign'),
    },
    submits: {
      'approvals.reject': reject(orders),
      'approvals.reject_campaign': reject(campaigns),
    },
  };
}
