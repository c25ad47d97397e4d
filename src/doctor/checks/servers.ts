import { defaultPolicy, EVERYONE, type Policy, settingsSchema } from '../../policy/index.ts';
import { isUnreadable } from '../../store/index.ts';
import { type DoctorContext, needTold, storeOf } from '../context.ts';
import { type ChannelSetting, type Finding, finding, type RoleSetting } from '../findings.ts';
import { note } from '../notes.ts';
import type { ChannelSeen, RoleSeen, ServerSeen } from '../ports.ts';
import type { Outcome } from '../result.ts';

/** The channel of that name is the admins' own until another is set (`src/discord/channels.ts`). */
const ADMINS = 'cardigan-admins';
/** Without these nothing can be said in a channel at all. */
const toWrite = ['view', 'send', 'send_in_threads'];

export async function checkMembership(ctx: DoctorContext): Promise<Outcome> {
  const { id: application } = needTold(await ctx.application());
  const link = ctx.discord.link(application);
  const seen = await Promise.all(ctx.servers.map(async (id) => ({ id, server: needTold(await ctx.server(id)) })));
  const absent = seen.filter(({ server }) => server === 'none');
  const findings = absent.map(({ id }) => finding(id === ctx.owner ? 'owner_not_in' : 'server_not_in', { id, link }));
  const notes = [note('servers', { count: seen.length - absent.length })];
  return { findings, notes, stops: absent.length === seen.length };
}

/** Of each server that the bot is in, one after the other's name. */
const inEach =
  (check: (ctx: DoctorContext, server: ServerSeen) => Promise<readonly Finding[]>) =>
  async (ctx: DoctorContext): Promise<Outcome> => {
    const found = await Promise.all(
      ctx.servers.map(async (id) => {
        const server = needTold(await ctx.server(id));
        return server === 'none' ? [] : check(ctx, server);
      }),
    );
    return { findings: found.flat() };
  };

export const checkRights = inEach(async (ctx, server) => {
  if (server.lacks.length === 0) return [];
  const link = ctx.discord.link(needTold(await ctx.application()).id);
  return [finding('server_lacks_rights', { server, lacks: server.lacks, link })];
});

export const checkChannels = inEach(async (ctx, server) => {
  const policy = await policyIn(ctx, server);
  if (!policy) return [finding('settings_unreadable', { server })];
  const named = (['approvalsChannel', 'adminsChannel'] as const).flatMap((setting) => {
    const id = policy[setting];
    return id === undefined ? [] : [channelFindings(ctx, server, setting, id)];
  });
  const hasNone = policy.adminsChannel === undefined && server.id === ctx.owner;
  return [...(await Promise.all(named)).flat(), ...(hasNone ? ownChannelFindings(server) : [])];
});

/** The bot writes to the owner where there is none; one that everybody reads is as good as none. */
function ownChannelFindings(server: ServerSeen): Finding[] {
  const own = server.channels.find(({ name, isPublic, lacks }) => name === ADMINS && !isPublic && mayWrite(lacks));
  return own ? [] : [finding('no_admins_channel', { server })];
}

async function channelFindings(ctx: DoctorContext, server: ServerSeen, setting: ChannelSetting, id: string) {
  const channel = await channelIn(ctx, server, id);
  if (!channel) return [finding('channel_gone', { server, setting })];
  const { lacks } = channel;
  const params = { server, channel, lacks, setting };
  const code = mayWrite(lacks) ? ('channel_limited' as const) : ('channel_closed' as const);
  return [
    ...(lacks.length > 0 ? [finding(code, params)] : []),
    ...(setting === 'adminsChannel' && channel.isPublic ? [finding('channel_public', { server, channel })] : []),
  ];
}

const mayWrite = (lacks: readonly string[]) => !lacks.some((right) => toWrite.includes(right));

async function channelIn(ctx: DoctorContext, server: ServerSeen, id: string): Promise<ChannelSeen | undefined> {
  const known = server.channels.find((channel) => channel.id === id);
  if (known) return known;
  const thread = needTold(await ctx.discord.thread(server, id));
  return thread === 'none' ? undefined : thread;
}

export const checkRoles = inEach(async (ctx, server) => {
  const policy = await policyIn(ctx, server);
  if (!policy) return [finding('settings_unreadable', { server })];
  const gone = namedRoles(policy).filter(({ id }) => !server.roles.some((role) => role.id === id));
  const settings = [...new Set(gone.map(({ setting }) => setting))];
  const lost = settings.map((setting) => finding('role_gone', { server, setting }));
  return [...lost, ...(await approverFindings(ctx, server, policy))];
});

async function approverFindings(ctx: DoctorContext, server: ServerSeen, policy: Policy): Promise<Finding[]> {
  const { approvers, approvalsChannel } = policy;
  const asked = server.roles.filter((role) =>
    approvers.length > 0 ? approvers.includes(role.id) : isManagers(server, role),
  );
  if (approvers.length > 0 && asked.every(({ members }) => members === 0))
    return [finding('nobody_approves', { server })];
  const empty = approvers.length > 0 ? asked.filter(({ members }) => members === 0) : [];
  const channel = approvalsChannel === undefined ? undefined : await channelIn(ctx, server, approvalsChannel);
  const mayMention = channel?.mayMention ?? server.mayMention;
  const unheard = mayMention ? [] : asked.filter(({ isMentionable }) => !isMentionable);
  const link = ctx.discord.link(needTold(await ctx.application()).id, { pings: true });
  return [
    ...empty.map((role) => finding('role_empty', { server, role })),
    ...unheard.map((role) => finding('role_unheard', { server, role, link })),
  ];
}

const isManagers = ({ id }: ServerSeen, role: RoleSeen) => role.isManager && !role.isManaged && role.id !== id;

function namedRoles(policy: Policy): { setting: RoleSetting; id: string }[] {
  const named = (['approvers', 'askers', 'balanceSeers'] as const).flatMap((setting) =>
    policy[setting].filter((id) => id !== EVERYONE).map((id) => ({ setting, id })),
  );
  const budgets = policy.budgets.flatMap(({ scope }) =>
    scope.kind === 'role' ? [{ setting: 'budgets' as const, id: scope.id }] : [],
  );
  return [...named, ...budgets];
}

export const checkCommands = inEach(async (ctx, server) => {
  const { id: application } = needTold(await ctx.application());
  const seen = needTold(await ctx.discord.commands(application, server.id));
  if (seen === 'none') return [finding('commands_unread', { server, link: ctx.discord.link(application) })];
  const { missing, differing, extra } = seen;
  return [
    ...(missing.length > 0 ? [finding('commands_missing', { server, commands: missing })] : []),
    ...(differing.length > 0 ? [finding('commands_differ', { server, commands: differing })] : []),
    ...(extra.length > 0 ? [finding('commands_extra', { server, commands: extra })] : []),
  ];
});

/** Undefined for settings that cannot be read. */
async function policyIn(ctx: DoctorContext, { id }: ServerSeen): Promise<Policy | undefined> {
  const { records } = await storeOf(ctx);
  try {
    return (await records('settings', settingsSchema).get(id))?.policy ?? defaultPolicy;
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}
