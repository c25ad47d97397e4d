import type { Command } from '../src/discord/index.ts';
import type { App } from './app.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { balance } from './balance.ts';
import { budget } from './budget.ts';
import { buy } from './buy.ts';
import { cases } from './cases.ts';
import { catalog } from './catalog.ts';
import { delegate } from './delegate.ts';
import { doctor } from './doctor.ts';
import { help } from './help.ts';
import { order } from './order.ts';
import { orders } from './orders.ts';
import { privacy } from './privacy.ts';
import { resume } from './resume.ts';
import { review } from './review.ts';
import { reward } from './reward.ts';
import { rewards } from './rewards.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { stock } from './stock.ts';
import { stop } from './stop.ts';
import { why } from './why.ts';

/** Every command there is. The router and the registration read this list, and nothing else. */
export function createCommands(app: App): Command[] {
  return [
    balance,
    catalog,
    stock,
    buy,
    orders,
    order,
    reward,
    rewards,
    approvals,
    delegate,
    budget,
    why,
    review,
    cases,
    privacy,
    help,
    setup,
    settings,
    audit,
    doctor,
    stop,
    resume,
  ].map((create) => create(app));
}
