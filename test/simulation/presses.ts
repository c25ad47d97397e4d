import { wordsFor } from '../../src/i18n/words.ts';
import type { Member } from '../../src/orders/order.ts';
import { Problem } from '../../src/problem.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { revealViews } from '../../src/views/parcel.ts';
import type { BotProcess } from './bot-process.ts';
import { textOf } from './discord.ts';
import { olga } from './people.ts';
import type { Wanted } from './vendor/wanted.ts';
import type { World } from './world.ts';

/** Two BIG cost what one HUGE does: they could be mistaken for each other by their amount. */
export const wishes: readonly Wanted[] = [
  { item: 'BIG', quantity: 2 },
  { item: 'HUGE', quantity: 1 },
  { item: 'BIG', quantity: 1 },
  { item: 'HUGE', quantity: 4 },
];

export interface Pressing {
  readonly world: World;
  readonly process: BotProcess;
  readonly member: Member;
  readonly wanted: Wanted;
  /** The order that is pressed on, where there is one. */
  readonly id: string | undefined;
}

const quote = ({ process, member, wanted }: Pressing) =>
  process.purchasing.quote({
    ...{ member, channel: 'channel', locale: 'en-US' },
    ...{ itemCode: wanted.item, quantity: wanted.quantity },
  });

const resume = ({ process }: Pressing) =>
  process.purchasing.resumePurchases(olga).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });

/** Runs would end in a stop soon, and little be bought: an admin is at hand, most of the time. */
async function buy(pressing: Pressing): Promise<void> {
  if (pressing.wanted.quantity < 3) await resume(pressing);
  const { id } = await quote(pressing);
  if (pressing.member.isManager) return void (await confirm(pressing, id));
  await ask(pressing, id);
  // What is left waiting, anybody may press on, or nobody.
  if (pressing.wanted.item === 'BIG') await pressing.process.purchasing.approve(id, olga);
}

const ask = ({ process, member }: Pressing, id: string) => process.purchasing.ask(id, member);

/** An admin who finds out what is true, and does not decide before it can be known. */
async function decide({ world, process }: Pressing, id: string): Promise<void> {
  const order = world.facts.orders.get(id)?.order;
  const posts = world.vendor.posts.filter((post) => post.order === id);
  if (!order || posts.some(({ verdict }) => verdict === 'pending')) return;
  const charged = world.vendor.charged.find(({ post }) => post?.order === id);
  const { purchasing } = process;
  if (order.remote) await purchasing.decide(id, olga, { kind: 'wait' });
  else if (charged) await purchasing.decide(id, olga, { kind: 'ours', orderId: charged.orderId });
  else await purchasing.decide(id, olga, { kind: 'none' });
}

const confirm = ({ process, member }: Pressing, id: string) =>
  process.purchasing.confirm(id, member);

async function reveal({ world, process, member }: Pressing, id: string): Promise<void> {
  const revealed = await process.purchasing.reveal(id, member);
  const text = revealViews(revealed, wordsFor('en-US')).map(textOf).join();
  await world.scheduler.call(process, 'dm.send', `shows codes to ${member.user}`, (variant) => {
    if (variant === 1 || variant === 3) throw new Problem('button_unknown', {});
    world.show(member.user, text);
    if (variant === 2) throw new Problem('button_unknown', {});
  });
  await process.purchasing.seen(revealed);
}

/** An admin who is sure. */
async function resend({ process }: Pressing, id: string): Promise<void> {
  const asked = await process.purchasing.resend(id, olga);
  if (asked.kind === 'asks') await process.purchasing.resend(id, olga, asked.turn);
}

/** What people can press. A new kind of press is one line here. */
export const presses = {
  buy,
  quote,
  confirm: (pressing) => on(pressing, (id) => confirm(pressing, id)),
  ask: (pressing) => on(pressing, (id) => ask(pressing, id)),
  approve: (pressing) =>
    onWaiting(pressing, (id) => pressing.process.purchasing.approve(id, pressing.member)),
  reject: (pressing) =>
    onWaiting(pressing, (id) => pressing.process.purchasing.reject(id, pressing.member, 'No')),
  cancel: (pressing) =>
    on(pressing, (id) => pressing.process.purchasing.cancel(id, pressing.member)),
  reveal: (pressing) => on(pressing, (id) => reveal(pressing, id)),
  collect: (pressing) =>
    on(pressing, (id) => pressing.process.purchasing.collect(id, pressing.member)),
  decide: (pressing) => on(pressing, (id) => decide(pressing, id)),
  resend: (pressing) => on(pressing, (id) => resend(pressing, id)),
  stop: ({ process }) => process.purchasing.stopPurchases(olga),
  resume,
} satisfies Record<string, (pressing: Pressing) => Promise<unknown>>;
export type Press = keyof typeof presses;

const on = async ({ id }: Pressing, press: (id: string) => Promise<unknown>): Promise<void> => {
  if (id !== undefined) await press(id);
};

/** On an order that waits for approval, where there is one: that is where these buttons are. */
function onWaiting(pressing: Pressing, press: (id: string) => Promise<unknown>): Promise<void> {
  const all = [...pressing.world.facts.orders.values()];
  const waiting = all.find(({ order }) => order.status === 'awaiting_approval');
  return on({ ...pressing, id: waiting?.order.id ?? pressing.id }, press);
}

/** A press goes its way by itself. People are told of a Problem, and of a store that fails; anything else is a bug. */
export function make(press: Press, pressing: Pressing): void {
  presses[press](pressing).catch((error: unknown) => {
    if (error instanceof Problem || error instanceof StoreError) return;
    pressing.world.notice(`${press} ended in ${error instanceof Error ? error.stack : error}`);
  });
}
