import { Status } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { findMember, findMembers, findNamed, membersWithRole } from '../../src/discord/directory.ts';
import { createMemberRequests } from '../../src/discord/gateway/request-members.ts';
import { bind } from '../../src/lib/bind.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { MemberFacts } from '../../src/lib/member.ts';
import { type Stage, startStage } from './stage.ts';

const JOINED = Date.UTC(2026, 2, 1);
const CREATED = Date.UTC(2019, 4, 6, 7, 8, 9);

async function open({ canListMembers = true } = {}) {
  const stage = await startStage();
  if (canListMembers) stage.discord.grantMembersIntent();
  const { client, log } = stage.ctx;
  /** Pauses are over at once, but count. */
  const clock = { at: systemClock.now(), slept: [] as number[], now: () => clock.at, sleep };
  async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    // An answer comes within it unless it was lost.
    await systemClock.sleep(Math.min(ms, 500), signal);
    clock.slept.push(ms);
    clock.at += ms;
  }
  const memberRequests = createMemberRequests({ client, clock, log });
  const ctx = { ...stage.ctx, canListMembers, memberRequests };
  const directory = {
    ...bind(ctx, { find: findMember, findMany: findMembers, named: findNamed, withRole: membersWithRole }),
    canListMembers,
  };
  const { id } = stage.guild;
  return {
    ...{ stage, directory, clock },
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

describe('many members', () => {
  const NOBODY = '123456789012345678';
  const byRest = ({ discord }: Stage) => discord.requests.filter(({ path }) => /\/members\/\d+$/.test(path)).length;

  it('are found by the gateway a hundred at a time, without the intent, each as by themselves', async () => {
    const { stage, directory } = await open({ canListMembers: false });
    const { discord, guild, client } = stage;
    const { id: role } = discord.addRole(guild.id, { name: 'Winners' });
    const people = Array.from({ length: 250 }, (_, at) => add(stage, `Member ${at}`, { nick: `M${at}` }));
    discord.setRoles(guild.id, people[0]?.id ?? '', [role]);
    const ids = people.map(({ id }) => id);
    const found = await directory.findMany(guild.id, [...ids, NOBODY, ...ids]);
    expect(found.size).toBe(251);
    expect(found.get(NOBODY)).toBe('none');
    expect(found.get(ids[0] ?? '')).toEqual(await directory.find(guild.id, ids[0] ?? ''));
    expect(discord.memberRequests).toEqual([100, 100, 51]);
    expect(byRest(stage)).toBe(1);
    expect(client.guilds.cache.get(guild.id)?.members.cache.size).toBe(1);
  });

  it('are 10,000 by a hundred requests, and the next list waits until a minute is over, but a few people do not', async () => {
    const { stage, directory, clock } = await open({ canListMembers: false });
    const { discord, guild, bob } = stage;
    const ids = Array.from({ length: 9_999 }, (_, at) => String(300_000_000_000_000_000n + BigInt(at)));
    const found = await directory.findMany(guild.id, [...ids, bob.id]);
    expect(found.get(bob.id)).toMatchObject({ name: 'Bob' });
    expect(found.get(ids[0] ?? '')).toBe('none');
    expect(discord.memberRequests).toHaveLength(100);
    expect(clock.slept).toEqual([]);
    for (let times = 0; times < 10; times++) await directory.findMany(guild.id, [bob.id]);
    expect(clock.slept).toEqual([]);
    await directory.findMany(guild.id, ids.slice(0, 50));
    expect(clock.slept).toEqual([60_000]);
    expect(discord.memberRequests).toHaveLength(111);
    expect(byRest(stage)).toBe(0);
    expect(discord.connections).toBe(1);
  });

  it('are asked for one by one where the gateway does not answer, which nobody waits for again soon', async () => {
    const { stage, directory, clock } = await open();
    const { discord, guild, alice, bob, logged } = stage;
    discord.loseMemberRequests(1);
    const found = await directory.findMany(guild.id, [alice.id, bob.id, NOBODY]);
    expect([...found.values()]).toMatchObject([{ name: 'Alice' }, { name: 'Bob' }, 'none']);
    expect(clock.slept).toEqual([10_000]);
    expect(byRest(stage)).toBe(3);
    expect(logged('the gateway does not tell about members')).toBeDefined();
    await directory.findMany(guild.id, [bob.id]);
    expect([discord.memberRequests.length, byRest(stage)]).toEqual([1, 4]);
    clock.at += 60_000;
    await directory.findMany(guild.id, [bob.id]);
    expect([discord.memberRequests.length, byRest(stage)]).toEqual([2, 4]);
  });

  it('are not asked for over a connection that is broken, and unknown where REST does not tell either', async () => {
    const { stage, directory } = await open();
    const { discord, guild, bob, client } = stage;
    discord.fail({ path: /\/members\/\d+$/, with: 500, times: 20 });
    const shard = client.guilds.cache.get(guild.id)?.shard;
    if (!shard) throw new Error('no shard');
    shard.status = Status.Reconnecting;
    expect([...(await directory.findMany(guild.id, [bob.id])).values()]).toEqual(['unknown']);
    expect(discord.memberRequests).toEqual([]);
  });

  it('are none whose id is no id: Discord would end the connection for it', async () => {
    const { stage, directory } = await open();
    const { discord, guild, bob } = stage;
    const tooLarge = '99999999999999999999';
    const found = await directory.findMany(guild.id, [tooLarge, bob.id]);
    expect(found.get(tooLarge)).toBe('none');
    expect(discord.memberRequests).toEqual([1]);
    expect(discord.connections).toBe(1);
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
