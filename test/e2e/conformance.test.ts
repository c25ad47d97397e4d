import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { LoggedRequest } from '../../sandbox/discord/start-discord.ts';
import { createApi } from '../sandbox/discord/api.ts';
import { type Stage, setStage } from '../sandbox/discord/stage.ts';
import { findDeviations } from './conformance/deviations.ts';
import { exceptions } from './conformance/exceptions.ts';
import { findDiscordDocument } from './conformance/find-discord-document.ts';
import { discordDocument } from './conformance/need-conformance.ts';
import { useAll } from './conformance/use-all.ts';
import { usual } from './conformance/usual.ts';
import { quote, startTown } from './town.ts';

// Every town checks at its end what its bot sent. This is whether that check would notice.

it("says which file is missing, when one is named as Discord's OpenAPI document", () => {
  expect(() => findDiscordDocument({ DISCORD_OPENAPI_FILE: 'no/such.json' })).toThrow(
    'DISCORD_OPENAPI_FILE: there is no no/such.json.',
  );
});

describe.skipIf(!inject('discordDocument'))("Discord's OpenAPI document", () => {
  it('fails an end-to-end test whose bot sent what it does not have, without a text of it', async () => {
    let finish: unknown;
    const town = await startTown({}, (end) => {
      finish = end;
    });
    await quote(town.alice, 'google-play-usd-5');
    const api = createApi(town.discord);
    const components = [{ type: 1, components: [{ type: 2, label: 'CODE-1234', style: 'blue' }] }];
    await api.post(`/channels/${town.channelId}/messages`, { components, contents: 'CODE-1234' });
    const failure = await (finish as () => Promise<void>)().catch(String);
    expect(failure).toBe(
      [
        "Error: Not as Discord's OpenAPI document has it:",
        'POST /channels/{channel_id}/messages: body /components/0/components/0/style must be integer; it is a text of 4 characters',
        'POST /channels/{channel_id}/messages: body /components/0/components/0/style must be equal to constant; it is a text of 4 characters',
        'POST /channels/{channel_id}/messages: body / must NOT have additional properties (contents); it is {components, contents}',
      ].join('\n'),
    );
  });

  describe('is compared with', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage();
    });
    afterAll(() => stage.close());
    const deviations = async (method: 'get' | 'post', path: string, body?: unknown) => {
      const before = new Set(findDeviations(discordDocument(), stage.discord).deviations);
      await stage.api[method](path, body);
      const after = findDeviations(discordDocument(), stage.discord).deviations;
      return after.filter((one) => !before.has(one));
    };

    it('the path of a request', async () => {
      expect(await deviations('get', '/guilds/@me')).toEqual(['GET /guilds/@me is not in it']);
    });

    it('its query', async () => {
      const path = `/channels/${stage.guild.general.id}/messages?limits=1`;
      const wrong = 'GET /channels/{channel_id}/messages: query: there is no limits';
      expect(await deviations('get', path)).toEqual([wrong]);
    });

    it('its body, also one that is too many or missing', async () => {
      const { id } = stage.guild.general;
      const { requests } = stage.discord;
      const without = (method: string, path: string, body?: unknown) => {
        const request = { ...requests[0], method, path, query: '', body, status: 404 };
        const discord = { ...stage.discord, requests: [request as LoggedRequest], events: [] };
        return findDeviations(discordDocument(), discord).deviations;
      };
      expect(without('GET', `/channels/${id}`, {})).toEqual(['GET /channels/{channel_id}: body: it takes none']);
      expect(without('POST', `/channels/${id}/messages`)).toEqual([
        'POST /channels/{channel_id}/messages: body: there is none',
      ]);
      const callback = '/interactions/1/token/callback';
      expect(await deviations('post', `${callback}?with_response=true`)).toEqual([
        "POST /interactions/{interaction_id}/{interaction_token}/callback: body / must have required property 'type'; it is {}",
      ]);
      expect(await deviations('post', callback, { type: 3 })).toEqual([
        'POST /interactions/{interaction_id}/{interaction_token}/callback: body /type must be equal to one of the allowed values (8, 4, 5, 12, 9, 1, 13, 6, 7); it is 3',
      ]);
    });

    it('what the stand-in answers, and what it tells by its gateway', () => {
      const { requests, events } = stage.discord;
      const [request, event] = [requests[0], events.find(({ t }) => t === 'GUILD_CREATE')];
      if (!request || !event) throw new Error('nothing was said');
      const bad = { ...stage.discord, requests: [{ ...request, answer: [{ id: 7 }] }] };
      const [guild] = [{ t: event.t, d: { ...event.d, name: null } }];
      const found = findDeviations(discordDocument(), { ...bad, events: [guild] });
      expect(found.deviations).toContain('GUILD_CREATE: guild /name must be string; it is null');
      expect(found.deviations).toContain(
        'PUT /applications/{application_id}/guilds/{guild_id}/commands: answer 200 /0/id must be string; it is 7',
      );
    });
  });

  it('describes every answer of the stand-in', async () => {
    const stage = await setStage();
    onTestFinished(stage.close);
    await useAll(stage);
    const { deviations, answered } = findDeviations(discordDocument(), stage.discord);
    expect(deviations).toEqual([]);
    expect(answered.size).toBe(31);
  });

  it('has nothing yet of what is excepted from it, with the reason', () => {
    const { schemas } = JSON.parse(readFileSync(inject('discordDocument'), 'utf8')).components;
    for (const { components, field, documented, reason } of exceptions) {
      expect(reason).not.toBe('');
      for (const name of components)
        expect(schemas[name].properties[field]?.type, `${field} of ${name}`).toEqual(documented);
    }
  });

  it('has all that is compiled before a town lives', () => {
    const { sent, answered } = findDeviations(discordDocument(), usual);
    expect(sent.size).toBe(usual.requests.length);
    expect(answered.size).toBe(usual.requests.length);
  });
});
