import { StoredMessage } from './message.ts';
import type { World } from './world.ts';

/** What of a world outlasts its server. Not its interactions: their tokens last minutes. */
type Lasting = Pick<World, 'users' | 'guilds' | 'channels' | 'messages' | 'membersIntent'>;

/** The lasting part of a world as JSON text. */
export const snapshotOf = (world: World): string => {
  const { users, guilds, channels, messages, membersIntent } = world;
  const lasting: Lasting = { users, guilds, channels, messages, membersIntent };
  return JSON.stringify(lasting, marked, 1);
};

/** Puts what a snapshot holds into a new world, with all ids as they were. */
export const restore = (world: World, snapshot: string): void => {
  const past: Lasting = JSON.parse(snapshot, unmarked);
  world.membersIntent = past.membersIntent;
  for (const [id, user] of past.users) world.users.set(id, user);
  for (const [id, channel] of past.channels) world.channels.set(id, channel);
  for (const [id, guild] of past.guilds) {
    // The same object in both places: whoever changes one changes the other.
    const general = past.channels.get(guild.general.id) ?? guild.general;
    world.guilds.set(id, { ...guild, general });
  }
  for (const [id, message] of past.messages) {
    world.messages.set(id, Object.assign(new StoredMessage(message, {}), message));
  }
};

/** JSON knows neither maps, big numbers nor bytes. */
function marked(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key]; // a Buffer has turned itself into something else in `value`
  if (raw instanceof Uint8Array) return { $bytes: Buffer.from(raw).toString('base64') };
  if (raw instanceof Map) return { $map: [...raw] };
  return typeof raw === 'bigint' ? { $bigint: String(raw) } : value;
}

function unmarked(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'));
  if ('$map' in value) return new Map(value.$map as [string, unknown][]);
  return '$bigint' in value ? BigInt(String(value.$bigint)) : value;
}
