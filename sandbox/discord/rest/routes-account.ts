import { z } from 'zod';
import { openDmAsBot } from '../direct-messages.ts';
import { refusal } from '../errors.ts';
import { gatewayUrl } from '../gateway.ts';
import { applicationFlags, channelJson, type Json, userJson } from '../payloads.ts';
import { checkForm, snowflake } from '../rules/form.ts';
import type { World } from '../world.ts';
import { ok, type Route } from './route.ts';

const applicationJson = (world: World): Json => ({
  id: world.bot.id,
  name: world.bot.name,
  icon: null,
  description: '',
  type: null,
  bot: userJson(world.bot),
  bot_public: false,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  flags: applicationFlags(world),
  flags_new: String(applicationFlags(world)),
  team: null,
  redirect_uris: [],
  interactions_endpoint_url: world.interactionsEndpoint,
  role_connections_verification_url: null,
  approximate_guild_count: world.guilds.size,
  approximate_user_install_count: 0,
  approximate_user_authorization_count: 0,
  explicit_content_filter: 0,
  eligible_oauth2_scopes: [],
  owner: userJson(world.bot),
  integration_types_config: { 0: {} },
  ...world.application,
});

const recipient = z.object({ recipient_id: snowflake });

/** Who the bot is, where its gateway is, users and direct-message channels. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/gateway/bot',
    handle: ({ world }) =>
      ok({
        url: gatewayUrl(world),
        shards: 1,
        session_start_limit: world.sessionStarts.json(),
      }),
  },
  {
    method: 'GET',
    path: '/users/@me',
    handle: ({ world }) => ok({ ...userJson(world.bot), verified: true, mfa_enabled: false, locale: 'en-US' }),
  },
  {
    method: 'GET',
    path: '/applications/@me',
    handle: ({ world }) => ok(applicationJson(world)),
  },
  {
    method: 'GET',
    path: '/oauth2/applications/@me',
    handle: ({ world }) => ok(applicationJson(world)),
  },
  {
    method: 'GET',
    path: '/users/:user',
    handle: ({ world, param }) => {
      const user = world.users.get(param('user'));
      if (!user) throw refusal('unknownUser');
      return ok(userJson(user));
    },
  },
  {
    method: 'POST',
    path: '/users/@me/channels',
    handle: ({ world, body }) => {
      const user = world.users.get(checkForm(recipient, body).recipient_id);
      if (!user || user.bot) throw refusal('invalidRecipient');
      return ok(channelJson(world, openDmAsBot(world, user.id)));
    },
  },
];
