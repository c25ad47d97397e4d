import { GatewayIntentBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { type Json, memberJson } from './payloads.ts';
import type { World } from './world.ts';

// Opcode 8 (Discord's page "Gateway Events", Request Guild Members and Guild Members Chunk).

const snowflake = z.string().regex(/^\d{1,20}$/);
const request = z.object({
  guild_id: snowflake,
  user_ids: z.union([snowflake, z.array(snowflake)]).optional(),
  query: z.string().optional(),
  limit: z.number().int().min(0).optional(),
  /** "Nonce can only be up to 32 bytes. If you send an invalid nonce it will be ignored." */
  nonce: z.string().optional(),
});

/** "Requesting `user_ids` will continue to be limited to returning 100 members", and a prefix to as many. */
const MOST = 100;

/**
 * The data of the GUILD_MEMBERS_CHUNK that answers; nothing for what Discord does not answer. Members by their ids, or by the
 * beginning of their names, need no intent; all of them do.
 */
export const membersAsked = (world: World, intents: number, data: unknown): Json | undefined => {
  const asked = request.safeParse(data).data;
  const guild = world.guilds.get(asked?.guild_id ?? '');
  if (!asked || !guild?.joined || guild.unavailable) return undefined;
  const ids = asked.user_ids === undefined ? undefined : [asked.user_ids].flat();
  world.memberRequests.push(ids?.length ?? 0);
  if (world.memberRequestsLost > 0) {
    world.memberRequestsLost -= 1;
    return undefined;
  }
  if (ids === undefined && asked.query === '' && !(intents & GatewayIntentBits.GuildMembers)) return undefined;
  const all = [...guild.members.values()];
  const named = (id: string) =>
    world.users
      .get(id)
      ?.name.toLowerCase()
      .startsWith((asked.query ?? '').toLowerCase());
  const found = ids
    ? ids.slice(0, MOST).flatMap((id) => guild.members.get(id) ?? [])
    : all.filter(({ userId }) => named(userId)).slice(0, MOST);
  const isNonce = asked.nonce !== undefined && Buffer.byteLength(asked.nonce) <= 32;
  return {
    guild_id: guild.id,
    members: found.map((member) => memberJson(world, member)),
    chunk_index: 0,
    chunk_count: 1,
    ...(ids && { not_found: ids.slice(0, MOST).filter((id) => !guild.members.has(id)) }),
    ...(isNonce && { nonce: asked.nonce }),
  };
};
