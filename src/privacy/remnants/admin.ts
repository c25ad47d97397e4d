import { templateGuard, templatesOf } from '../../campaigns/index.ts';
import { mentions, renamed } from '../../lib/index.ts';
import { delegationKey } from '../../policy/index.ts';
import { walk } from '../../store/index.ts';
import type { PrivacyContext } from '../context.ts';
import { dayText, type Person, type Remnant } from './remnant.ts';

const ALL = 'all';

/** How campaigns are made again, by whom they were saved: the server goes on using them. */
async function* templateRemnants(ctx: PrivacyContext, { guild, user }: Person): AsyncGenerator<Remnant, void> {
  const names = new Map([[user, ctx.pseudonym(guild, user)]]);
  for await (const template of walk(ctx.templates, templatesOf(guild))) {
    if (!mentions(template, names)) continue;
    const { id, name, at, version: seen, ...rest } = template;
    yield {
      kind: 'template',
      record: `templates/${id}`,
      at,
      wait: undefined,
      says: { name, savedAt: dayText(at) },
      async erase() {
        const next = { ...renamed(rest, names), id, name, at };
        return (await ctx.templates.write(id, next, { seen, ...templateGuard(next) })).ok;
      },
    };
  }
}

/** What somebody has done for the whole server, or is set for them by its admins: it answers for the team's money, and stays. */
async function* lastingRemnants(ctx: PrivacyContext, { guild, user }: Person): AsyncGenerator<Remnant, void> {
  const stays = (record: string, at: number, says: object): Remnant => ({
    kind: 'admin',
    record,
    at,
    wait: 'stays',
    says,
  });
  const names = new Map([[user, '']]);
  const settings = await ctx.settings.get(guild);
  if (settings && mentions(settings, names)) {
    const yourLimits = settings.policy.budgets.filter(({ scope }) => scope.kind === 'member' && scope.id === user);
    const yourChanges = settings.changes.filter(({ by }) => by === user);
    const changes = yourChanges.map(({ at, field }) => ({ at: dayText(at), setting: field }));
    yield stays(`settings/${guild}`, 0, { yourLimits, yourChanges: changes });
  }
  const own = await ctx.delegations.get(delegationKey({ guild, approver: user }));
  if (own) {
    const yourDelegates = own.changes.map(({ at, what, until }) => ({ at: dayText(at), what, until: dayText(until) }));
    yield stays(`delegations/${delegationKey(own)}`, 0, { yourDelegates });
  }
  for await (const named of walk(ctx.delegations, `to/${guild}/${user}`)) {
    yield stays(`delegations/${delegationKey(named)}`, 0, { youWereNamedDelegateUntil: dayText(named.until) });
  }
  if (guild === ctx.chain.ownerGuild) yield* pauses(ctx, user, stays);
}

async function* pauses(
  ctx: PrivacyContext,
  user: string,
  stays: (record: string, at: number, says: object) => Remnant,
): AsyncGenerator<Remnant, void> {
  for await (const { id, at, by, resumed, detail } of walk(ctx.stops, ALL)) {
    const says = { youPaused: by === user && dayText(at), reason: by === user ? detail : undefined };
    if (by === user || resumed?.by === user)
      yield stays(`stops/${id}`, at, { ...says, youResumed: resumed?.by === user });
  }
  for await (const { id, at, resumed } of walk(ctx.dmStops, ALL)) {
    if (resumed?.by === user) yield stays(`dmStops/${id}`, at, { youResumedMessages: dayText(resumed.at) });
  }
}

export async function* adminRemnants(ctx: PrivacyContext, person: Person): AsyncGenerator<Remnant, void> {
  yield* templateRemnants(ctx, person);
  yield* lastingRemnants(ctx, person);
}
