import type { Campaign } from '../src/campaigns/index.ts';
import type { Command, InteractionContext, PressHandler, SubmitHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import type { Order } from '../src/orders/index.ts';
import { approvalListView, type View, WAITING_A_PAGE } from '../src/views/index.ts';
import type { App } from './app.ts';
import { type Deciding, decideListed, rejectForm } from './shared/decide.ts';
import { command } from './shared/define.ts';
import { written } from './shared/written.ts';

type Decided = Order | Campaign;

export function approvals({ orders, campaigns }: App): Command {
  async function list({ asker, words }: InteractionContext, number: number, decided?: Decided): Promise<View> {
    const others = await campaigns.awaiting(asker);
    const page = await orders.awaiting(asker, { number, size: WAITING_A_PAGE }, others);
    return approvalListView(page, { member: asker, decided }, words);
  }

  const approve = (deciding: Deciding<Decided>): PressHandler => ({
    acknowledge: 'update',
    press: (moment, here) => decideListed(moment, here, (id) => deciding.approve(id, moment.asker), list),
  });

  const reject = (deciding: Deciding<Decided>): SubmitHandler => ({
    acknowledge: 'update',
    async submit(moment, here, { reason }) {
      const why = written(reason);
      return decideListed(moment, here, (id) => deciding.reject(id, moment.asker, why), list);
    },
  });

  return command(en.commands.approvals, {
    reads: true,
    run: (moment) => list(moment, 0),
    presses: {
      'approvals.page': { acknowledge: 'update', reads: true, press: (moment, page) => list(moment, Number(page)) },
      'approvals.approve': approve(orders),
      'approvals.reject': rejectForm('approvals.reject'),
      'approvals.approve_campaign': approve(campaigns),
      'approvals.reject_campaign': rejectForm('approvals.reject_campaign'),
    },
    submits: { 'approvals.reject': reject(orders), 'approvals.reject_campaign': reject(campaigns) },
  });
}
