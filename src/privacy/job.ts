import { noteRedaction } from '../audit/index.ts';
import { DAY_MS } from '../lib/index.ts';
import { unlessUnreadable, walk } from '../store/index.ts';
import { IDLE_MS, type PrivacyContext } from './context.ts';
import { type Erasure, erasureGuard, erasureKey, OPEN } from './records.ts';
import { type Person, type Remnant, remnantsOf } from './remnants/index.ts';

/** So many records are looked at in a round for each who asked. */
const STEPS = 25;
/** Of so many people at once. */
const AT_ONCE = 4;

/**
 * Puts it on record that somebody's data is to be erased: what is over now, and what else there is of them once it is. May be
 * repeated.
 */
export async function requestErasure(
  ctx: PrivacyContext,
  person: Person,
  by: 'themselves' | 'operator',
): Promise<void> {
  const { guild, user } = person;
  const at = ctx.clock.now();
  const name = ctx.pseudonym(guild, user);
  const step = { at, by: by === 'operator' ? by : name, why: 'asked' as const };
  const key = erasureKey(person);
  const known = await ctx.erasures.get(key);
  if (!known) await noteRedaction(ctx.redactions, { name, guild }, step);
  const next = { guild, user, at, nextAt: at };
  const written = await ctx.erasures.write(key, next, erasureGuard(known?.version ?? 0));
  ctx.memory.passes.delete(key);
  ctx.memory.idleUntil.erasures = 0;
  if (!written.ok) await requestErasure(ctx, person, by);
}

/** When somebody asked to be erased, as long as something of them is left. */
export const erasureOf = ({ erasures }: PrivacyContext, person: Person): Promise<Erasure | undefined> =>
  erasures.get(erasureKey(person));

/** A few steps more for some who asked, and says whether anything was erased. Most of them only wait: they are looked at once a minute. */
export async function eraseSome(ctx: PrivacyContext): Promise<boolean> {
  const { memory, clock } = ctx;
  if (clock.now() < memory.idleUntil.erasures) return false;
  let [isChanged, due] = [false, 0];
  for await (const erasure of walk(ctx.erasures, OPEN)) {
    if (memory.isStopping || due === AT_ONCE) break;
    if (clock.now() < erasure.nextAt) continue;
    due += 1;
    isChanged = (await goOn(ctx, erasure)) || isChanged;
  }
  if (due === 0) memory.idleUntil.erasures = clock.now() + IDLE_MS;
  return isChanged;
}

/** All that can be erased of somebody now, however long it takes. */
export async function eraseNow(ctx: PrivacyContext, person: Person): Promise<void> {
  const erasure = await erasureOf(ctx, person);
  if (!erasure) return;
  for await (const _ of passOver(ctx, erasure));
  await ctx.emptyLog();
}

/** From where this process has come with them; a new one begins anew, with what is left. */
async function goOn(ctx: PrivacyContext, erasure: Erasure): Promise<boolean> {
  const key = erasureKey(erasure);
  const pass = ctx.memory.passes.get(key) ?? passOver(ctx, erasure);
  ctx.memory.passes.set(key, pass);
  let isChanged = false;
  for (let step = 0; step < STEPS && !ctx.memory.isStopping; step++) {
    const { done, value } = await pass.next();
    if (done) {
      ctx.memory.passes.delete(key);
      return isChanged;
    }
    isChanged ||= value;
  }
  return isChanged;
}

/** Each step says whether somebody was taken out of something. At its end it is known when to come back, or that nothing is left. */
async function* passOver(ctx: PrivacyContext, erasure: Erasure): AsyncGenerator<boolean, void> {
  let erased = 0;
  const left: number[] = [];
  for await (const remnant of remnantsOf(ctx, erasure)) {
    if (!remnant || remnant.wait === 'stays' || remnant.at > erasure.at) {
      yield false;
      continue;
    }
    const isDone = remnant.wait === undefined && (await eraseOne(remnant));
    if (isDone) erased += 1;
    else left.push(remnant.readyAt ?? Number.POSITIVE_INFINITY);
    yield isDone;
  }
  if (erased > 0) ctx.log.info({ records: erased }, 'personal data was erased');
  // What a step has left for the next one is seen by looking once more.
  if (erased > 0) await conclude(ctx, erasure, ctx.clock.now());
  else await conclude(ctx, erasure, left.length > 0 ? Math.min(ctx.clock.now() + DAY_MS, ...left) : undefined);
}

/** What cannot be read is left as it is, and admins are told of it otherwise. */
const eraseOne = ({ erase }: Remnant): Promise<boolean> =>
  unlessUnreadable(async () => (await erase?.()) ?? false, false);

/** `nextAt`: none, with the last of it; nobody knows any more then whose it was. Whoever asked anew meanwhile is seen to anew. */
async function conclude(ctx: PrivacyContext, erasure: Erasure, nextAt: number | undefined): Promise<void> {
  const { version, ...rest } = erasure;
  const key = erasureKey(erasure);
  if (nextAt === undefined) await ctx.erasures.remove(key, version);
  else await ctx.erasures.write(key, { ...rest, nextAt }, erasureGuard(version));
}
