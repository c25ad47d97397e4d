import type { LoggedRequest } from '../../../sandbox/discord/start-discord.ts';
import type { Said } from './deviations.ts';

const said = (method: string, path: string): LoggedRequest => ({
  ...{ at: 0, method, path, query: '', body: {}, files: [], status: 200, answer: {} },
});

/** A bit of all that every town says, to compile what it is compared with. None of it is right. */
export const usual: Said = {
  requests: [
    said('PUT', '/applications/0/guilds/0/commands'),
    said('POST', '/interactions/0/token/callback'),
    said('PATCH', '/webhooks/0/token/messages/@original'),
    said('POST', '/webhooks/0/token'),
    said('POST', '/users/@me/channels'),
    said('POST', '/channels/0/messages'),
    said('PATCH', '/channels/0/messages/0'),
    said('GET', '/guilds/0/members/0'),
  ],
  events: [
    { t: 'GUILD_CREATE', d: { members: [{}], channels: [{}] } },
    { t: 'INTERACTION_CREATE', d: { guild_id: '0', message: {}, channel: {} } },
    { t: 'INTERACTION_CREATE', d: { user: {}, channel: {} } },
  ],
};
