import { describe, expect, it } from 'vitest';
import { findMember, findNamed, membersWithRole } from '../../src/discord/directory.ts';
import { bind } from '../../src/lib/bind.ts';
import type { MemberFacts } from '../../src/lib/member.ts';
import { type Stage, startStage } from './stage.ts';

const JOINED = Date.UTC(2026, 2, 1);
const CREATED = Date.UTC(2019, 4, 6, 7, 8, 9);

async function open({ canListMembers = true } = {}) {
  const stage = await startStage();
  if (canListMembers) stage.discord.grantMembersIntent();
  const ctx = { ...stage.ctx, canListMembers };
  const directory = {
    ...bind(ctx, { find: findMember, named: findNamed, withRole: membersWithRole }),
    canListMembers,
  };
  const { id } = stage.guild;
  return {
    ...{ stage, directory },
    named: async (name: string) => namesOf(await directory.named(id, name)),
    withRole: async (role: string) => namesOf(await all(directory.withRole(id, role))),
  };
}

const namesOf = (members: readonly MemberFacts[] | 'unknown') =>
  members === 'unknown' ? members : members.map(({ name }) => name);

async function all<T>(each: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of each) found.push(one);
  return found;
}

const add = ({ discord, guild }: Stage, name: string, more: { nick?: string } = {}) =>
  discord.addMember(guild.id, { name, createdAt: CREATED, joinedAt: JOINED, ...more });

const code = (work: Promise<unknown>) => work.catch((error: { code?: unknown }) => error.code);

describe('a member', () => {
  it('is found with when they joined, and when their account was made', async () => {
    const { stage, directory } = await open();
    const { discord, guild, client } = stage;
    const zoe = add(stage, 'Zoe', { nick: 'Zo' });
    const { id: role } = discord.addRole(guild.id, { name: 'Winners' });
    discord.setRoles(guild.id, zoe.id, [role]);
    expect(await directory.find(guild.id, zoe.id)).toEqual({
      ...{ user: zoe.id, guild: guild.id, isManager: false, roles: [role] },
      ...{ joinedAt: JOINED, createdAt: CREATED, name: 'Zo' },
    });
    expect(await directory.find(guild.id, client.user.id)).toMatchObject({ isBot: true });
    expect(await directory.find(guild.id, '123456789012345678')).toBe('none');
    discord.fail({ path: /\/members\/\d+$/, with: 500, times: 20 });
    expect(await directory.find(guild.id, zoe.id)).toBe('unknown');
  });

  it('is found by name, however it is written, and nobody whose name only begins so', async () => {
    const { stage, named } = await open();
    add(stage, 'Zoe', { nick: 'The Winner' });
    add(stage, 'Zoey');
    add(stage, 'Max', { nick: 'ZOE' });
    expect(await named(' zOE ')).toEqual(['The Winner', 'ZOE']);
    expect(await named('the winner')).toEqual(['The Winner']);
    expect(await named('Zo')).toEqual([]);
    expect(await named(' ')).toEqual([]);
    expect(await named('x'.repeat(101))).toEqual([]);
  });

  it('is nobody known by name where Discord does not tell, or not all', async () => {
    const { stage, named } = await open();
    for (let each = 0; each < 1000; each++) add(stage, `Zoe ${each}`);
    expect(await named('Zoe')).toBe('unknown');
    expect(await named('Zoe 999')).toEqual(['Zoe 999']);
    stage.discord.fail({ path: /\/members\/search$/, with: 500, times: 20 });
    expect(await named('Zoe 999')).toBe('unknown');
    expect(stage.logged('who has a name')).toBeDefined();
  });
});

describe('the members who have a role', () => {
  it('are listed page by page, each once, and none of them is kept', async () => {
    const { stage, withRole } = await open();
    const { discord, guild, client } = stage;
    const role = discord.addRole(guild.id, { name: 'Winners' });
    const members = Array.from({ length: 2100 }, (_, each) => add(stage, `Member ${each}`));
    const winners = members.filter((_, each) => each % 3 === 0);
    for (const { id } of winners) discord.setRoles(guild.id, id, [role.id]);
    const listed = await withRole(role.id);
    expect(listed).toHaveLength(winners.length);
    expect(new Set(listed)).toEqual(new Set(winners.map(({ name }) => name)));
    const pages = discord.requests.filter(({ path }) => path.endsWith('/members'));
    expect(pages).toHaveLength(3);
    expect(client.users.cache.size).toBe(1);
    expect(client.guilds.cache.get(guild.id)?.members.cache.size).toBe(1);
  });

  it('are not asked for beyond what is wanted', async () => {
    const { stage, directory } = await open();
    for (let each = 0; each < 1000; each++) add(stage, `Member ${each}`);
    for await (const member of directory.withRole(stage.guild.id, stage.guild.id)) {
      expect(member.createdAt).toBe(CREATED);
      break;
    }
    expect(stage.discord.requests.filter(({ path }) => path.endsWith('/members'))).toHaveLength(1);
  });

  it('cannot be listed without the intent, and it is said how', async () => {
    const { stage, directory } = await open({ canListMembers: false });
    const { id } = stage.guild;
    expect(directory.canListMembers).toBe(false);
    expect(await code(all(directory.withRole(id, id)))).toBe('members_not_listed');
    expect(stage.discord.requests.some(({ path }) => path.endsWith('/members'))).toBe(false);
  });

  it('cannot be listed any more once the intent is taken away, nor while Discord has a fault', async () => {
    const { stage, directory } = await open();
    const { id } = stage.guild;
    stage.discord.grantMembersIntent(false);
    expect(await code(all(directory.withRole(id, id)))).toBe('members_not_listed');
    stage.discord.grantMembersIntent();
    stage.discord.fail({ path: /\/members$/, with: 500, times: 20 });
    expect(await code(all(directory.withRole(id, id)))).toBe('members_not_told');
  });
});
