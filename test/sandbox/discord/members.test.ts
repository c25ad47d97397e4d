import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectRaw } from './raw-gateway.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const GUILDS_AND_MEMBERS = 1 | (1 << 1);
/** Before the bot's own account. */
const EARLY = Date.UTC(2019, 4, 6);

const list = async (query: string) =>
  (await stage.api.get(`/guilds/${stage.guild.id}/members${query}`)).body as unknown as {
    user: { id: string };
    nick: string | null;
    joined_at: string;
  }[];
const idsIn = async (query: string) => (await list(query)).map(({ user }) => user.id);

describe('the list of members', () => {
  it('is for applications with the intent, which their flags show', async () => {
    const members = `/guilds/${stage.guild.id}/members`;
    expect(await stage.api.get(members)).toMatchObject({ status: 403, body: { code: 50001 } });
    expect((await stage.api.get('/applications/@me')).body).toMatchObject({ flags: 0 });
    stage.discord.grantMembersIntent();
    expect((await stage.api.get(members)).status).toBe(200);
    expect((await stage.api.get('/applications/@me')).body).toMatchObject({
      ...{ flags: 1 << 15, flags_new: String(1 << 15) },
    });
  });

  it('is in pages, by id, so by the age of the accounts', async () => {
    const { discord, guild, alice } = stage;
    discord.grantMembersIntent();
    const createdAt = EARLY;
    const [one, two] = ['One', 'Two'].map((name) =>
      discord.addMember(guild.id, { name, createdAt, joinedAt: createdAt + 1, nick: `${name}!` }),
    );
    expect(one?.id).not.toBe(two?.id);
    expect((await idsIn('?limit=2')).toSorted()).toEqual([one?.id, two?.id].toSorted());
    const [first] = await list('?limit=1');
    expect(first?.nick).toMatch(/!$/);
    expect(Date.parse(first?.joined_at ?? '')).toBe(createdAt + 1);
    const madeAt = Number((BigInt(first?.user.id ?? 0) >> 22n) + 1_420_070_400_000n);
    expect(madeAt).toBe(createdAt);
    expect(await idsIn(`?limit=1000&after=${alice.id}`)).not.toContain(alice.id);
    expect(await idsIn('?limit=1000')).toHaveLength(6);
    expect(await list('?limit=1001')).toMatchObject({ code: 50035 });
  });

  it('is searched by how names and nicks begin, without the intent', async () => {
    const { discord, guild, alice, bob } = stage;
    const zoe = discord.addMember(guild.id, { name: 'Zoe', nick: 'Alibi' });
    expect(await idsIn('/search?query=aLI&limit=10')).toEqual([alice.id, zoe.id]);
    expect(await idsIn('/search?query=ali')).toEqual([alice.id]);
    expect(await idsIn('/search?query=bob')).toEqual([bob.id]);
    expect(await list('/search?query=')).toMatchObject({ code: 50035 });
  });
});

describe('the intent for members', () => {
  it('is refused to an application that was not granted it', async () => {
    const how = { intents: GUILDS_AND_MEMBERS };
    expect(await (await connectRaw(stage.discord, how)).closed()).toBe(4014);
  });

  it('brings news of members to whoever asked for it, and to nobody else', async () => {
    const { discord, guild, gateway, bob } = stage;
    discord.grantMembersIntent();
    const asking = await connectRaw(discord, { intents: GUILDS_AND_MEMBERS });
    await asking.event('GUILD_CREATE');
    const { id } = discord.addMember(guild.id, { name: 'Zoe' });
    expect(await asking.event('GUILD_MEMBER_ADD')).toMatchObject({ user: { id } });
    discord.setRoles(guild.id, bob.id, []);
    expect(await asking.event('GUILD_MEMBER_UPDATE')).toMatchObject({ user: { id: bob.id } });
    discord.removeMember(guild.id, id);
    expect(await asking.event('GUILD_MEMBER_REMOVE')).toMatchObject({ guild_id: guild.id });
    const { id: role } = discord.addRole(guild.id, { name: 'Last' });
    expect(await gateway.event('GUILD_ROLE_CREATE')).toMatchObject({ role: { id: role } });
    expect(gateway.received.some(({ t }) => t?.startsWith('GUILD_MEMBER_'))).toBe(false);
    asking.close();
  });
});
