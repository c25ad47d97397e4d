import { Problem } from '../../lib/index.ts';
import type { InteractionOutcome } from '../../monitoring/index.ts';
import { recordProblem } from '../../orders/index.ts';
import type { View } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { DiscordFailure } from '../errors.ts';
import { askerByRest, askerIn } from '../members.ts';
import type { Arrivals } from './arrival.ts';
import { createInteractionContext, replyWithError } from './context.ts';
import type { Acknowledgement, Asker, InteractionContext } from './handler.ts';
import type { Arrived } from './measure.ts';
import type { Pace } from './pace.ts';
import { type Answerable, createReply, type Reply } from './reply.ts';

export interface AnsweringContext extends DiscordContext {
  readonly arrivals: Arrivals;
  readonly pace: Pace;
  /** Of what only reads. */
  turn(): Promise<void>;
}

export type GuildOf = () => Promise<string | undefined>;

/** What an interaction asks for, and how it is answered. */
export interface Task {
  readonly acknowledge: Acknowledgement;
  work(moment: InteractionContext): Promise<View | undefined>;
  /** `reads`, `refuse`, `vendorCalls`: see `PressHandler`. */
  readonly reads?: boolean | undefined;
  readonly refuse?: ((moment: InteractionContext) => Promise<void>) | undefined;
  readonly vendorCalls?: number | undefined;
  readonly guildOf?: GuildOf | undefined;
  /** What they wrote, for them to copy where it was refused. */
  readonly kept?: string | undefined;
}

/** One interaction. */
interface Press {
  readonly interaction: Answerable;
  readonly ageMs: number;
  readonly task: Task;
  readonly reply: Reply;
}

/**
 * What only reads may have its answer for the acknowledgement as long as the press is not older than this: one request in
 * place of two, which is the least work in a crowd, too. Half of Discord's three seconds is left to say no more than that it
 * has arrived (docs/decisions/2026-11-27-answers.md).
 */
const SOON_MS = 1_500;

/** Answers it: acknowledged, allowed, done, and every error put into words. Throws where there is nobody left to tell. */
export async function answer(
  ctx: AnsweringContext,
  interaction: Answerable,
  arrived: Arrived,
  task: Task,
): Promise<void> {
  const { ageMs } = arrived;
  const reply = createReply(ctx, interaction, task.acknowledge, arrived.acknowledged);
  const press = { interaction, ageMs, task, reply };
  try {
    requireServed(ctx, interaction, task);
    if (task.vendorCalls) ctx.pace.take(interaction.user.id, task.vendorCalls);
    if (task.reads && ageMs < SOON_MS) await soon(ctx, press, () => workOn(ctx, press));
    else await acknowledgeFirst(ctx, press);
    arrived.ended('answered');
  } catch (error) {
    if (error instanceof DiscordFailure && (await reply.hasFailed())) throw error;
    await replyWithError(ctx, error, reply, interaction, task.kept);
    arrived.ended(outcomeOf(error));
  }
}

/** As they were told. */
function outcomeOf(error: unknown): InteractionOutcome {
  if (error instanceof DiscordFailure && error.kind === 'gone') return 'lost';
  return error instanceof Problem || recordProblem(error) ? 'refused' : 'failed';
}

/** What changes anything, and what has to wait its turn. */
async function acknowledgeFirst(ctx: AnsweringContext, press: Press): Promise<void> {
  const { task, reply, ageMs } = press;
  const { refuse } = task;
  if (refuse && ageMs < SOON_MS) await soon(ctx, press, async () => refuse(await momentOf(ctx, press)));
  await reply.defer();
  ctx.arrivals.taken(ageMs);
  await workOn(ctx, press);
}

/** Does what changes nothing, and says that the press has arrived if that takes long. */
async function soon({ turn }: AnsweringContext, { reply, ageMs }: Press, work: () => Promise<void>): Promise<void> {
  // Where this fails, so does whatever is said next.
  const timer = setTimeout(() => void reply.defer().catch(() => undefined), SOON_MS - ageMs);
  try {
    await turn();
    await work();
  } finally {
    clearTimeout(timer);
  }
}

async function workOn(ctx: AnsweringContext, press: Press): Promise<void> {
  const { task, reply } = press;
  const view = await task.work(await momentOf(ctx, press));
  await (view ? reply.show(view) : reply.defer());
}

async function momentOf(ctx: AnsweringContext, { interaction, reply, task }: Press): Promise<InteractionContext> {
  return createInteractionContext(ctx, interaction, reply, await askerOf(ctx, interaction, task.guildOf));
}

/** What is known without a look anywhere. Throws `guild_not_allowed`. */
function requireServed({ guilds }: DiscordContext, { guildId }: Answerable, { guildOf }: Task): void {
  const isServed = guildId === null ? guildOf !== undefined : guilds.includes(guildId);
  if (!isServed) throw new Problem('guild_not_allowed', {});
}

/** Who presses, as they are now, by the rules of the guild that counts. Throws a Problem. */
export async function askerOf(
  { client, guilds, ownerGuild, pressers }: DiscordContext,
  interaction: Answerable,
  guildOf?: GuildOf,
): Promise<Asker> {
  const guild = interaction.guildId ?? (await guildOf?.());
  // A button in a direct message, about an offer of which nothing is left.
  if (guild === undefined && guildOf) throw new Problem('order_unknown', {});
  if (guild === undefined || !guilds.includes(guild)) throw new Problem('guild_not_allowed', {});
  const asker =
    interaction.guildId === null ? await askerByRest(client, guild, interaction.user.id) : askerIn(guild, interaction);
  pressers.note(asker);
  return { ...asker, isAdmin: asker.isManager && guild === ownerGuild };
}
