import { wordsFor } from '../../src/i18n/index.ts';
import type { Member } from '../../src/lib/member.ts';
import { Problem, type ProblemCode } from '../../src/lib/problem.ts';
import type { Wish } from '../../src/orders/quote/create-quote.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { revealViews } from '../../src/views/orders/codes.ts';
import type { BotProcess } from './bot-process.ts';
import { textOf } from './discord.ts';
import { pressers } from './people.ts';
import { type PolicyChange, withChange } from './policy-changes.ts';
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
  /** Who presses. What they are is looked at in that moment, again for each press. */
  readonly user: string;
  readonly wanted: Wanted;
  /** The order that is pressed on, where there is one. */
  readonly id: string | undefined;
}

type Presser = Pick<Pressing, 'world' | 'user'>;
export const as = ({ world, user }: Presser, press: string, id?: string): Member => world.guild.press(user, press, id);
const olga = (pressing: Presser, press: string, id?: string) => as({ ...pressing, user: 'olga' }, press, id);

const quote = async (pressing: Pressing, gift?: Wish['gift']) =>
  pressing.process.orders.quote({
    ...{ member: as(pressing, 'quote'), channel: 'channel', locale: 'en-US' },
    ...{ itemCode: pressing.wanted.item, quantity: pressing.wanted.quantity },
    ...(gift && { gift }),
  });

export const resume = async (pressing: Presser & Pick<Pressing, 'process'>) =>
  pressing.process.orders.resumePurchases(olga(pressing, 'resume')).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });

/** Runs would end in a stop soon, and little be bought: an admin is at hand, most of the time. */
async function buy(pressing: Pressing, gift?: Wish['gift']): Promise<void> {
  if (pressing.wanted.quantity < 3) await resume(pressing);
  const { id } = await quote(pressing, gift);
  if (await unlessRefused(confirm(pressing, id))) return;
  await ask(pressing, id);
  // What is left waiting, anybody may press on, or nobody.
  if (pressing.wanted.item !== 'BIG') return;
  const first = pressing.world.facts.orders.size;
  for (let at = 0; at < crowd.length; at++) {
    const user = crowd[(first + at) % crowd.length] ?? 'olga';
    const approved = await unlessRefused(approve({ ...pressing, user }, id));
    // One BIG is left with one vote, for others to come to.
    if (approved && (approved.status !== 'awaiting_approval' || pressing.wanted.quantity === 1)) return;
  }
}

/** As buying, for somebody who may be an approver of it, or have left. */
const send = (pressing: Pressing): Promise<void> => {
  const to = pressers[(pressers.indexOf(pressing.user) + 1) % pressers.length] ?? 'ben';
  const receipt = pressing.wanted.item === 'BIG' ? 'public' : 'private';
  return buy(pressing, { to, message: 'Well done', receipt });
};

/** Who stands around and presses Approve, with the right to it or without; one of them twice. */
const crowd = ['olga', 'olga', 'dora', 'cleo', 'ben'];
const refusals: readonly ProblemCode[] = [
  ...(['needs_approval', 'approvers_only', 'own_approval', 'delegates_approval', 'approved_by_you'] as const),
];

/** Whoever may not do so goes on. */
export const unlessRefused = <T>(pressed: Promise<T>): Promise<T | undefined> =>
  pressed.catch((error: unknown) => {
    if (error instanceof Problem && refusals.includes(error.code)) return undefined;
    throw error;
  });

const ask = async (pressing: Pressing, id: string) => pressing.process.orders.ask(id, as(pressing, 'ask', id));

/** Whoever means no good quotes and asks without end, and takes back every other offer. */
async function flood(pressing: Pressing): Promise<void> {
  for (let at = 0; at < 7; at++) {
    const offer = await unlessProblem(quote(pressing));
    if (!offer) continue;
    if (at % 2) await unlessProblem(ask(pressing, offer.id));
    else if (at % 4) await unlessProblem(cancel(pressing, offer.id));
  }
}

const unlessProblem = <T>(pressed: Promise<T>): Promise<T | undefined> =>
  pressed.catch((error: unknown) => {
    if (error instanceof Problem) return undefined;
    throw error;
  });

/** Several want the same at the same moment, and may have it. */
async function rush(pressing: Pressing): Promise<void> {
  const first = pressers.indexOf(pressing.user);
  const buyers = [0, 1, 2].map((at) => pressers[(first + at) % 2] ?? 'anna');
  await Promise.all(buyers.map((user) => unlessProblem(buy({ ...pressing, user }))));
}

const cancel = async (pressing: Pressing, id: string) => pressing.process.orders.cancel(id, as(pressing, 'cancel', id));

const approve = async (pressing: Pressing, id: string) =>
  pressing.process.orders.approve(id, as(pressing, 'approve', id));

const reject = async (pressing: Pressing, id: string) =>
  pressing.process.orders.reject(id, as(pressing, 'reject', id), 'No');

/** An admin who finds out what is true, and does not decide before it can be known. */
async function decide(pressing: Pressing, id: string): Promise<void> {
  const { world, process } = pressing;
  const order = world.facts.orders.get(id)?.order;
  const posts = world.vendor.posts.filter((post) => post.order === id);
  if (!order || posts.some(({ verdict }) => verdict === 'pending')) return;
  const charged = world.vendor.charged.find(({ post }) => post?.order === id);
  const { orders } = process;
  const admin = olga(pressing, 'decide', id);
  if (order.remote) await orders.decide(id, admin, { kind: 'wait' });
  else if (charged) await attach(pressing, id, charged.orderId);
  else await orders.decide(id, admin, { kind: 'none' });
}

/** What does not fit takes a second one; now and then that is whoever runs Cardigan. */
async function attach(pressing: Pressing, id: string, orderId: number): Promise<void> {
  const { orders } = pressing.process;
  const decision = { kind: 'ours', orderId } as const;
  const { status } = await orders.decide(id, olga(pressing, 'decide', id), decision);
  if (status !== 'needs_review') return;
  const operator = { user: 'operator', guild: '', isManager: true, isAdmin: true };
  const ben = { ...as({ ...pressing, user: 'ben' }, 'decide', id), isAdmin: true };
  await orders.decide(id, pressing.wanted.item === 'BIG' ? operator : ben, decision);
}

/** An admin who is not careful takes what somebody else has bought for it. */
async function mistake(pressing: Pressing, id: string): Promise<void> {
  const { world } = pressing;
  const order = world.facts.orders.get(id)?.order;
  const foreign = world.vendor.charged.filter(({ post }) => post === undefined);
  const charged = foreign[pressing.wanted.quantity % Math.max(1, foreign.length)];
  if (order && !order.remote && charged) await attach(pressing, id, charged.orderId);
}

const confirm = async (pressing: Pressing, id: string) =>
  pressing.process.orders.confirm(id, as(pressing, 'confirm', id));

export async function reveal(pressing: Pick<Pressing, 'world' | 'process' | 'user'>, id: string): Promise<void> {
  const { world, process, user } = pressing;
  const member = as(pressing, 'reveal', id);
  const revealed = await process.orders.reveal(id, member);
  const text = revealViews(revealed, wordsFor('en-US')).map(textOf).join();
  await world.scheduler.call(process, 'dm.send', `shows codes to ${user}`, (variant) => {
    if (variant === 1 || variant === 3) throw new Problem('button_unknown', {});
    world.show(user, text);
    if (variant === 2) throw new Problem('button_unknown', {});
  });
  await process.orders.seen(revealed);
}

/** An admin who is sure. */
async function resend(pressing: Pressing, id: string): Promise<void> {
  const { orders } = pressing.process;
  const asked = await orders.resend(id, olga(pressing, 'resend', id));
  if (asked.kind !== 'asks') return;
  await orders.resend(id, olga(pressing, 'resend', id), asked.turn);
}

/** What people can press. A new kind of press is one line here. */
export const presses = {
  buy: (pressing) => buy(pressing),
  send,
  quote: (pressing) => quote(pressing),
  confirm: (pressing) => on(pressing, (id) => confirm(pressing, id)),
  ask: (pressing) => on(pressing, (id) => ask(pressing, id)),
  approve: (pressing) => onWaiting(pressing, (id) => approve(pressing, id)),
  reject: (pressing) => onWaiting(pressing, (id) => reject(pressing, id)),
  cancel: (pressing) => on(pressing, (id) => cancel(pressing, id)),
  flood,
  rush,
  reveal: (pressing) => on(pressing, (id) => reveal(pressing, id)),
  collect: (pressing) => on(pressing, (id) => pressing.process.orders.collect(id, as(pressing, 'collect', id))),
  decide: (pressing) => on(pressing, (id) => decide(pressing, id)),
  mistake: (pressing) => on(pressing, (id) => mistake(pressing, id)),
  resend: (pressing) => on(pressing, (id) => resend(pressing, id)),
  stop: async (pressing) => pressing.process.orders.stopPurchases(olga(pressing, 'stop')),
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
  const made: Promise<unknown> = presses[press](pressing);
  settledPress(pressing.world, press, made);
}

export const settledPress = (world: World, press: string, made: Promise<unknown>) =>
  void made.catch(unexpected(world, press));

/** An admin changes a setting, which is in force at once. */
export function set(name: PolicyChange, { world, process }: Pick<Pressing, 'world' | 'process'>) {
  process.approvals.policies.change('guild', 'olga', withChange(name)).catch(unexpected(world, name));
}

/** An approver, or who is none, names somebody who decides for them, or ends that. */
export function delegate(
  { world, process, user }: Pick<Pressing, 'world' | 'process' | 'user'>,
  { to, forMs }: { to: string; forMs: number },
): void {
  const { delegates } = process.approvals;
  const place = { guild: 'guild', approver: user };
  const until = world.scheduler.now() + forMs;
  const made = forMs === 0 ? delegates.end('guild', user) : delegates.name({ ...place, delegate: to, until });
  made.catch(unexpected(world, 'delegate'));
}

const unexpected = (world: World, what: string) => (error: unknown) => {
  if (error instanceof Problem || error instanceof StoreError) return;
  world.notice(`${what} ended in ${error instanceof Error ? error.stack : error}`);
};
