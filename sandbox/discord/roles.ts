import type { Dispatch } from './gateway.ts';
import { memberJson, roleJson } from './payloads.ts';
import { type Guild, type Member, needGuild, type Role, tellChange, type World } from './world.ts';

export interface RoleSetup {
  name: string;
  permissions?: bigint;
  mentionable?: boolean;
}

/** Makes, gives and takes roles, and tells a connected bot. */
export const createRoles = (world: World, dispatch: Dispatch) => {
  const needMember = (guild: Guild, userId: string): Member => {
    const member = guild.members.get(userId);
    if (!member) throw new Error(`User ${userId} is not in ${guild.name}.`);
    return member;
  };

  const addRole = (guildId: string, setup: RoleSetup): Role => {
    const guild = needGuild(world, guildId);
    const { name, permissions = 0n, mentionable = false } = setup;
    const role = { id: world.nextId(), name, permissions, mentionable };
    guild.roles.set(role.id, role);
    const json = roleJson(role, guild.roles.size - 1);
    dispatch('GUILD_ROLE_CREATE', { guild_id: guildId, role: json }, guildId);
    tellChange(world, { kind: 'guilds' });
    return role;
  };

  /** Whoever had it has it no more. */
  const deleteRole = (guildId: string, roleId: string): void => {
    const guild = needGuild(world, guildId);
    if (roleId === guildId || !guild.roles.delete(roleId))
      throw new Error(`There is no role ${roleId} to delete in ${guild.name}.`);
    for (const member of guild.members.values()) member.roleIds = member.roleIds.filter((id) => id !== roleId);
    dispatch('GUILD_ROLE_DELETE', { guild_id: guildId, role_id: roleId }, guildId);
    tellChange(world, { kind: 'guilds' });
  };

  const changeRoles = (guild: Guild, member: Member, roleIds: readonly string[]): void => {
    member.roleIds = [...roleIds];
    const data = { guild_id: guild.id, ...memberJson(world, member) };
    dispatch('GUILD_MEMBER_UPDATE', data, guild.id);
    tellChange(world, { kind: 'guilds' });
  };

  const setRoles = (guildId: string, userId: string, roleIds: readonly string[]): void => {
    const guild = needGuild(world, guildId);
    const member = needMember(guild, userId);
    const unknown = roleIds.find((id) => id === guildId || !guild.roles.has(id));
    if (unknown) throw new Error(`There is no role ${unknown} to give in ${guild.name}.`);
    const own = member.ownRole === undefined ? [] : [member.ownRole];
    changeRoles(guild, member, [...new Set([...own, ...roleIds])]);
  };

  /** A member's own role carries what they may do beyond everyone. */
  const setPermissions = (guildId: string, userId: string, bits: bigint): void => {
    const guild = needGuild(world, guildId);
    const member = needMember(guild, userId);
    const own = guild.roles.get(member.ownRole ?? '');
    if (own) {
      own.permissions = bits;
      const json = roleJson(own, [...guild.roles.keys()].indexOf(own.id));
      dispatch('GUILD_ROLE_UPDATE', { guild_id: guildId, role: json }, guildId);
      tellChange(world, { kind: 'guilds' });
      return;
    }
    const role = addRole(guildId, { name: `role of ${userId}`, permissions: bits });
    member.ownRole = role.id;
    changeRoles(guild, member, [role.id, ...member.roleIds]);
  };

  /** What everybody may do, where nothing else says otherwise. */
  const setEveryoneMay = (guildId: string, bits: bigint): void => {
    const guild = needGuild(world, guildId);
    const everyone = guild.roles.get(guildId);
    if (!everyone) throw new Error(`There is no role of everyone in ${guild.name}.`);
    everyone.permissions = bits;
    dispatch('GUILD_ROLE_UPDATE', { guild_id: guildId, role: roleJson(everyone, 0) }, guildId);
    tellChange(world, { kind: 'guilds' });
  };

  return { addRole, deleteRole, setRoles, setPermissions, setEveryoneMay };
};
