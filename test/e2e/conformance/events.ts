import type { GatewayEvent } from '../../../sandbox/discord/start-discord.ts';
import type { DiscordDocument, Schema } from './discord-document.ts';

// The document describes no gateway events, but the objects that are in them.

type Json = Record<string, unknown>;
type Found = readonly [where: string, schema: Schema, value: unknown];

const isThere = (value: unknown): boolean => value !== undefined;
const parts = (value: unknown): [string, Json][] => Object.entries((value ?? {}) as Json) as never;

/** Threads, such as the posts of a forum, are described apart. */
const ofGuild = (channel: unknown): string => {
  const { type = 0 } = (channel ?? {}) as { type?: number };
  return type >= 10 && type <= 12 ? 'ThreadResponse' : 'GuildChannelResponse';
};

/** What an interaction names by id. The members in it come without their users. */
function inResolved(resolved: Json, component: (name: string) => Schema): Found[] {
  const users = (resolved.users ?? {}) as Json;
  const whole = ([id, member]: [string, Json]) => ({
    ...{ user: users[id], mute: false, deaf: false },
    ...member,
  });
  const each = (kind: string, name: string) =>
    parts(resolved[kind]).map(([, value]): Found => [`resolved.${kind}`, component(name), value]);
  return [
    ...each('users', 'UserResponse'),
    ...each('roles', 'GuildRoleResponse'),
    ...each('channels', 'GuildChannelResponse'),
    ...each('attachments', 'AttachmentResponse'),
    ...parts(resolved.members).map(
      (member): Found => ['resolved.members', component('GuildMemberResponse'), whole(member)],
    ),
  ];
}

function inInteraction(d: Json, component: (name: string) => Schema): Found[] {
  const { resolved = {} } = (d.data ?? {}) as { resolved?: Json };
  const channel = d.guild_id ? ofGuild(d.channel) : 'PrivateChannelResponse';
  const found: Found[] = [
    ['message', component('MessageResponse'), d.message],
    ['member', component('GuildMemberResponse'), d.member],
    ['user', component('UserResponse'), d.user],
    ['channel', component(channel), d.channel],
    ...inResolved(resolved, component),
  ];
  return found.filter(([, , value]) => isThere(value));
}

function inGuild(d: Json, component: (name: string) => Schema): Found[] {
  const all = (kind: string, name: string) =>
    ((d[kind] ?? []) as unknown[]).map((value): Found => [kind, component(name), value]);
  return [
    ['guild', component('GuildResponse'), d],
    ...all('members', 'GuildMemberResponse'),
    ...all('channels', 'GuildChannelResponse'),
    ...all('threads', 'ThreadResponse'),
  ];
}

function objectsIn({ t, d }: GatewayEvent, component: (name: string) => Schema): Found[] {
  if (t === 'INTERACTION_CREATE') return inInteraction(d, component);
  if (t === 'GUILD_CREATE') return inGuild(d, component);
  if (t === 'READY') return [['user', component('UserResponse'), d.user]];
  if (/^THREAD_/.test(t)) return [['thread', component('ThreadResponse'), d]];
  if (/^CHANNEL_/.test(t)) return [['channel', component('GuildChannelResponse'), d]];
  if (/^GUILD_ROLE_(CREATE|UPDATE)$/.test(t)) return [['role', component('GuildRoleResponse'), d.role]];
  return [];
}

/** What is wrong with the objects in gateway events, each event once however many bots heard of it. */
export function wrongsOfEvents(document: DiscordDocument, events: readonly GatewayEvent[]): string[] {
  const once = new Map(events.map((event) => [event.d, event]));
  return [...once.values()].flatMap((event) =>
    objectsIn(event, document.component).flatMap(([where, schema, value]) =>
      document.wrongs(schema, value).map((wrong) => `${event.t}: ${where} ${wrong}`),
    ),
  );
}
