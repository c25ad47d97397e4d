import { type Member, Problem } from '../../lib/index.ts';
import { newOrderId } from '../../orders/index.ts';
import { requireHere, requireOpenChannel } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import { ownCampaign } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';
import { LONGEST_TEMPLATE_NAME, MOST_TEMPLATES, type Template, templateGuard, templatesOf } from '../model/template.ts';
import { eligibilityIn } from './offer.ts';
import { plan } from './plan.ts';

/** Whether it can be made again from what a template keeps: of several cards only a file says who gets which. */
export const mayBeTemplate = ({ parts, state }: Pick<Campaign, 'parts' | 'state'>): boolean =>
  parts.length === 1 && state !== 'planned';

/** Keeps how a campaign was made, under a name. Throws a Problem, as for a name that is taken. */
export async function saveTemplate(
  ctx: CampaignsContext,
  campaignId: string,
  member: Member,
  typed: string,
): Promise<Template> {
  const campaign = await ownCampaign(ctx, campaignId, member);
  const name = typed.trim();
  if (name === '' || [...name].length > LONGEST_TEMPLATE_NAME)
    throw new Problem('bad_template_name', { most: LONGEST_TEMPLATE_NAME });
  const { guild } = campaign;
  const kept = keptOf(campaign);
  if (!kept || guild !== member.guild) throw new Problem('not_a_template', {});
  if ((await ctx.templates.count(templatesOf(guild))) >= MOST_TEMPLATES)
    throw new Problem('too_many_templates', { most: MOST_TEMPLATES });
  const at = ctx.clock.now();
  const template = { ...kept, id: newOrderId(at, ctx.random), guild, name, by: member.user, at };
  const written = await ctx.templates.write(template.id, template, { seen: 0, ...templateGuard(template) });
  if (!written.ok) throw new Problem('template_name_taken', { name });
  return { ...template, version: written.version };
}

function keptOf(campaign: Campaign): Omit<Template, 'version' | 'id' | 'guild' | 'name' | 'by' | 'at'> | undefined {
  const { kind, parts, places, place, gift, eligibility, drawSeconds, buysAtStart, claimWithinMs } = campaign;
  const [part] = parts;
  if (!part || !mayBeTemplate(campaign)) return undefined;
  const { endsAt, startsAt, startedAt, history } = campaign;
  const from = startsAt ?? startedAt ?? history[0]?.at;
  return {
    kind,
    itemCode: part.itemCode,
    itemName: part.name,
    place,
    gift,
    ...(kind !== 'bulk' && { cards: places }),
    ...(eligibility && { eligibility }),
    ...(drawSeconds !== undefined && { drawSeconds }),
    ...(buysAtStart !== undefined && { buysAtStart }),
    ...(claimWithinMs !== undefined && { claimWithinMs }),
    ...(endsAt !== undefined && from !== undefined && endsAt > from && { lastsMs: endsAt - from }),
  };
}

/** Those of the member's server, newest first. */
export async function listTemplates({ templates }: CampaignsContext, { guild }: Pick<Member, 'guild'>) {
  return (await templates.tagged(templatesOf(guild), { limit: MOST_TEMPLATES })).records;
}

/** By its id or by its name, as somebody may type it. Throws `template_unknown`, also for one of another server. */
export async function requireTemplate(ctx: CampaignsContext, which: string, member: Member): Promise<Template> {
  requireHere(member);
  const { guild } = member;
  const [hold = ''] = templateGuard({ guild, name: which.trim() }).holds;
  const found = (await ctx.templates.get(which)) ?? (await named(ctx, hold));
  if (!found || found.guild !== guild) throw new Problem('template_unknown', {});
  return found;
}

async function named({ templates }: CampaignsContext, hold: string): Promise<Template | undefined> {
  const key = await templates.holder(hold);
  return key === undefined ? undefined : templates.get(key);
}

/** Whoever saved it, and whoever has Manage Server. */
export const mayDeleteTemplate = ({ by }: Template, { user, isManager }: Member): boolean => by === user || isManager;

/** Throws `not_your_template`. */
export async function deleteTemplate(ctx: CampaignsContext, id: string, member: Member): Promise<Template> {
  const template = await requireTemplate(ctx, id, member);
  if (!mayDeleteTemplate(template, member)) throw new Problem('not_your_template', {});
  await ctx.templates.remove(template.id, template.version);
  return template;
}

/** Where it is asked for. */
interface Again {
  readonly member: Member;
  readonly channel: string;
  readonly locale: string;
}

/**
 * A drop or a giveaway as it was, planned anew: at the price of now, by the rules of now, and in a channel and for a role that
 * are still there. Throws a Problem for what cannot be.
 */
export async function planAgain(ctx: CampaignsContext, template: Template, asked: Again): Promise<Campaign> {
  const { kind, itemCode, cards = 1, place, gift, lastsMs } = template;
  const { drawSeconds, buysAtStart, claimWithinMs } = template;
  const { member } = asked;
  await requireOpenChannel(ctx.places, member.guild, place);
  const eligibility = await eligibilityIn(ctx, { member, eligibility: template.eligibility });
  return plan(ctx, {
    ...asked,
    kind,
    place,
    gift,
    items: [{ itemCode, quantity: cards }],
    ...eligibility,
    ...(drawSeconds !== undefined && { drawSeconds }),
    ...(buysAtStart !== undefined && { buysAtStart }),
    ...(claimWithinMs !== undefined && { claimWithinMs }),
    ...(lastsMs !== undefined && { endsAt: ctx.clock.now() + lastsMs }),
  });
}
