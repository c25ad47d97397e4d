import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_OPENED } from '../../../sandbox/discord/direct-messages.ts';
import { OLD_EDITS, PUBLISHED_EDITS } from '../../../sandbox/discord/old-edits.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
const HOUR_MS = 60 * 60_000;

beforeEach(async () => {
  stage = await setStage();
  stage.discord.setLimits('real');
});
afterEach(() => stage.close());

describe('edits', () => {
  const made = async () => {
    const path = `/channels/${stage.guild.general.id}/messages`;
    const { id } = (await stage.api.post(path, { content: 'x' })).body;
    return { id, edit: () => stage.api.patch(`${path}/${id}`, { content: 'y' }) };
  };

  it('of messages older than an hour are few in a channel, and it is not said in a header when there are more', async () => {
    const [one, two] = [await made(), await made()];
    stage.discord.advance(HOUR_MS + 1);
    for (let count = 0; count < OLD_EDITS.most; count++) expect((await one.edit()).status).toBe(200);
    const refused = await two.edit();
    expect(refused).toMatchObject({ status: 429, body: { code: 30046 } });
    expect(refused.headers.get('retry-after')).toBeNull();
    // A young one is not meant.
    expect((await (await made()).edit()).status).toBe(200);
    stage.discord.advance(OLD_EDITS.perMs);
    expect((await two.edit()).status).toBe(200);
  });

  it('of a published message are few in an hour, and the header promises too much', async () => {
    const message = await made();
    stage.discord.publish(message.id);
    for (let count = 0; count < PUBLISHED_EDITS.most; count++) expect((await message.edit()).status).toBe(200);
    const refused = await message.edit();
    expect(refused).toMatchObject({ status: 429, body: { code: 20022, retry_after: expect.any(Number) } });
    expect((refused.body as unknown as { retry_after: number }).retry_after).toBeGreaterThan(3_000);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await (await made()).edit()).status).toBe(200);
  });
});

describe('direct messages', () => {
  const open = (recipient_id: string) => stage.api.post('/users/@me/channels', { recipient_id });
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => stage.discord.addMember(stage.guild.id, { name: `Member ${index}` }));

  it('are refused to a bot that opens them with many people in a while, and not with those it has some', async () => {
    const { discord, guild } = stage;
    const all = people(MOST_OPENED.most + 1);
    const [last, ...others] = all.reverse();
    for (const { id } of others) expect((await open(id)).status).toBe(200);
    expect(await open(last?.id ?? '')).toMatchObject({ status: 403, body: { code: 40003 } });
    expect((await open(others[0]?.id ?? '')).status).toBe(200);
    // Whoever writes first has opened them.
    const pen = discord.addMember(guild.id, { name: 'Pen' });
    discord.say(pen.id, discord.sight(pen.id).dm().id, 'Hello');
    expect((await open(pen.id)).status).toBe(200);
    discord.advance(MOST_OPENED.perMs);
    expect((await open(last?.id ?? '')).status).toBe(200);
  });

  it('can be refused when they are opened, as to a spammer, a bot in quarantine, or with a limit', async () => {
    const { discord, alice, bob } = stage;
    discord.takeDmsForSpam({ times: 1, opening: true });
    expect(await open(alice.id)).toMatchObject({ status: 403, body: { code: 40003 } });
    expect((await open(alice.id)).status).toBe(200);
    discord.takeDmsForSpam({ flagged: true, opening: true });
    expect((await open(bob.id)).body.code).toBe(20026);
    expect((await open(alice.id)).status).toBe(200);
    discord.takeDmsForSpam({ times: 1, says: 'writeLimit', opening: true });
    const limited = await open(bob.id);
    expect(limited).toMatchObject({ status: 429, body: { code: 20028, retry_after: 0.3, global: false } });
    expect(limited.headers.get('retry-after')).toBe('1');
    expect((await open(bob.id)).status).toBe(200);
  });
});
