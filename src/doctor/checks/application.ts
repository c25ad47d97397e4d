import { type DoctorContext, needTold } from '../context.ts';
import { finding } from '../findings.ts';
import { note } from '../notes.ts';
import { type Outcome, well, wrong } from '../result.ts';

/** As at the start: a bot that falls over and starts again uses them up. */
const FEW_SIGN_INS = 50;
/** https://discord.com/developers/docs/events/gateway#privileged-intents */
const REVIEWED_FROM = 10_000;
/** Times are told in whole seconds, and an answer takes a while. */
const CLOCKS_AGREE_S = 10;
/** From here on what CardPlusPay lists is not told from what was there before. */
const CLOCKS_DISAGREE_S = 120;

export async function checkDiscord(ctx: DoctorContext): Promise<Outcome> {
  const told = await ctx.application();
  if (told.is === 'silent') return wrong(finding('discord_silent', { why: told.why }));
  return told.is === 'elsewhere' ? wrong(finding('discord_elsewhere', {})) : well();
}

export async function checkToken(ctx: DoctorContext): Promise<Outcome> {
  const told = await ctx.application();
  return told.is === 'refused' ? wrong(finding('token_refused', {})) : well();
}

export async function checkClock(ctx: DoctorContext): Promise<Outcome> {
  const told = await ctx.application();
  return clockOutcome('Discord', told.is === 'told' && told.at !== undefined ? told.at - ctx.clock.now() : undefined);
}

export function clockOutcome(of: 'Discord' | 'CardPlusPay', aheadMs: number | undefined): Outcome {
  if (aheadMs === undefined) return well();
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds >= CLOCKS_DISAGREE_S) return wrong(finding('clock_far_off', { of, seconds }));
  if (seconds >= CLOCKS_AGREE_S) return wrong(finding('clock_off', { of, seconds }));
  return well(note('clock', { seconds }));
}

export async function checkIntents(ctx: DoctorContext): Promise<Outcome> {
  const { lacksIntent, hasReviewedIntent } = needTold(await ctx.application());
  if (lacksIntent) return wrong(finding('intent_lacking', {}));
  if (hasReviewedIntent || !ctx.membersIntent) return well();
  const servers = await Promise.all(ctx.servers.map((id) => ctx.server(id)));
  const members = servers.reduce(
    (sum, told) => sum + (told.is === 'told' && told.value !== 'none' ? told.value.members : 0),
    0,
  );
  return members < REVIEWED_FROM ? well() : wrong(finding('intent_unreviewed', { members }));
}

export async function checkEndpoint(ctx: DoctorContext): Promise<Outcome> {
  const { hasEndpoint } = needTold(await ctx.application());
  return hasEndpoint ? wrong(finding('endpoint_set', {})) : well();
}

export async function checkInstallLink(ctx: DoctorContext): Promise<Outcome> {
  const { isPublic, needsCodeGrant, joinsServers, link } = needTold(await ctx.application());
  const { lacksScopes: scopes = [], lacksRights: lacks = [] } = link ?? {};
  return wrong(
    ...(needsCodeGrant ? [finding('app_code_grant', {})] : []),
    ...(joinsServers ? [] : [finding('app_no_servers', {})]),
    ...(isPublic ? [finding('app_public', {})] : []),
    ...(scopes.length > 0 ? [finding('link_lacks_scopes', { scopes })] : []),
    ...(lacks.length > 0 ? [finding('link_lacks_rights', { lacks })] : []),
  );
}

export async function checkSignIns(ctx: DoctorContext): Promise<Outcome> {
  const { left, resetAt: at } = needTold(await ctx.discord.signIns());
  if (left <= 0) return wrong(finding('sign_ins_none', { at }));
  return left < FEW_SIGN_INS ? wrong(finding('sign_ins_few', { left, at })) : well(note('sign_ins', { left }));
}
