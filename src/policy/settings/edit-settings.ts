import { type Member, Problem } from '../../lib/index.ts';
import type { Places, PolicyContext } from '../context.ts';
import { requireManager } from '../members.ts';
import {
  type AlertSetting,
  alertKinds,
  EVERYONE,
  type Given,
  isTyped,
  ownAlerts,
  type PickedSetting,
  type Policy,
  type Setting,
  settingKinds,
} from '../policy.ts';
import type { Trouble } from './breakages.ts';
import { forms } from './settings-fields.ts';
import { troublesOf } from './settings-health.ts';

/** What is set in a guild, and what of it does not work. */
export interface Panel {
  readonly policy: Policy;
  readonly troubles: readonly Trouble[];
  /** What there is to be told of in this guild. */
  readonly alerts: readonly AlertSetting[];
}

/** A panel after a change. */
export interface Changed extends Panel {
  readonly setting: Setting;
  readonly before: Policy;
  /** Roles that were picked, and that nobody has. */
  readonly unheld: readonly string[];
  /** One person has all of the roles that were picked: nobody else. */
  readonly isOnePerson: boolean;
}

/** For people with Manage Server: throws `managers_only` for anybody else. */
export async function panel(ctx: PolicyContext, member: Member): Promise<Panel> {
  return panelOf(ctx, member.guild, await policyFor(ctx, member));
}

/** What is set, and nothing else: for who has three seconds. Throws `managers_only`. */
export async function policyFor({ settings }: PolicyContext, member: Member): Promise<Policy> {
  requireManager(member);
  return settings.of(member.guild);
}

/**
 * Sets it for everybody and at once. Throws `managers_only`, or a Problem that says what is allowed: then nothing has
 * changed.
 */
export async function changeSetting(
  ctx: PolicyContext,
  member: Member,
  setting: Setting,
  given: Given,
): Promise<Changed> {
  requireManager(member);
  const { guild, user } = member;
  const kind = settingKinds[setting];
  const value = readGiven(ctx, setting, given, guild);
  const roles = kind === 'roles' && Array.isArray(value) ? value.filter(isId) : [];
  if (kind === 'channel' && typeof value === 'string') await requireOpenChannel(ctx.places, guild, value);
  if (kind === 'roles') await requireRoles(ctx.places, guild, roles);
  const change = (policy: Policy): Policy => ({ ...policy, [setting]: value });
  const { before, after } = await ctx.settings.change(guild, user, change);
  const now = await panelOf(ctx, guild, after);
  return { ...now, setting, before, ...(await holdersOf(ctx, guild, roles)) };
}

async function panelOf({ places, guilds }: PolicyContext, guild: string, policy: Policy): Promise<Panel> {
  const troubles = await troublesOf(policy, guild, places);
  return { policy, troubles: troubles === 'unknown' ? [] : troubles, alerts: alertsIn(guild, guilds) };
}

/** The first guild has those of the account. */
const alertsIn = (guild: string, [owner]: readonly string[]) => (guild === owner ? alertKinds : ownAlerts);

function readGiven(
  { catalog, guilds }: PolicyContext,
  setting: Setting,
  { typed, picked }: Given,
  guild: string,
): unknown {
  if (isTyped(setting) && typed) return forms[setting].read(typed, catalog);
  if (!isTyped(setting) && picked) return readPicked[setting](picked, guild, guilds);
  throw new Problem('button_unknown', {});
}

async function holdersOf({ places }: PolicyContext, guild: string, roles: readonly string[]) {
  const counts = roles.length > 0 ? await places.roleCounts(guild, roles) : 'unknown';
  if (counts === 'unknown') return { unheld: [], isOnePerson: false };
  const all = counts.reduce((sum, count) => sum + count, 0);
  return { unheld: roles.filter((_, index) => counts[index] === 0), isOnePerson: all === 1 };
}

/** CardPlusPay's delivery types. */
export const deliveries = ['DIGITAL', 'PHYSICAL', 'BOTH'] as const;

type Readers = {
  [S in PickedSetting]: (picked: readonly string[], guild: string, guilds: readonly string[]) => Policy[S];
};

const isId = (text: string) => /^\d{1,20}$/.test(text);

/** The role of everyone is named like the guild, and no member counts as having it: it is the same as no role. */
const rolesOrEveryone = (picked: readonly string[], guild: string) =>
  picked.includes(guild) ? [] : picked.filter(isId);

const channel = ([id]: readonly string[]) => (id !== undefined && isId(id) ? id : undefined);

/** What was picked in a menu, as the policy has it. Nothing picked is the default. Throws a Problem for what cannot be. */
const readPicked: Readers = {
  askers: rolesOrEveryone,
  // Without any, only approvers do: here it has to be said.
  balanceSeers: (picked, guild) => (picked.includes(guild) ? [EVERYONE] : picked.filter(isId)),
  approvers(picked, guild) {
    if (picked.includes(guild)) throw new Problem('everyone_approves', {});
    return picked.filter(isId);
  },
  approvalsChannel: channel,
  adminsChannel: channel,
  ownPurchases: ([how]) => (how === 'another' ? 'another' : 'confirm'),
  buyCodes: ([where]) => (where === 'message' ? 'message' : 'both'),
  deliveries: (picked) => deliveries.filter((each) => picked.includes(each)),
  // Picked is what is told, and kept what is not.
  alertsOff: (picked, guild, guilds) => alertsIn(guild, guilds).filter((each) => !picked.includes(each)),
};

/** What is picked already. */
export function pickedNow(setting: PickedSetting, policy: Policy): readonly string[] {
  if (setting === 'alertsOff') return alertKinds.filter((each) => !policy.alertsOff.includes(each));
  const value = policy[setting] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** Before anything is promised that is to stand there. Throws a Problem where the bot lacks a right that it uses. */
export async function requireOpenChannel(places: Pick<Places, 'channel'>, guild: string, id: string): Promise<void> {
  const state = await places.channel(guild, id);
  switch (state.is) {
    case 'open':
      return;
    case 'limited':
    case 'closed':
      throw new Problem('channel_closed', { channel: state.name, lacks: state.lacks });
    case 'gone':
      throw new Problem('channel_gone', {});
    case 'unknown':
      throw new Problem('place_unclear', {});
  }
}

/** Throws a Problem for a role that the guild does not have. */
export async function requireRoles(
  places: Pick<Places, 'goneRoles'>,
  guild: string,
  ids: readonly string[],
): Promise<void> {
  const gone = await places.goneRoles(guild, ids);
  if (gone === 'unknown') throw new Problem('place_unclear', {});
  if (gone.length > 0) throw new Problem('role_gone', {});
}
