import { PermissionFlagsBits as Flag } from 'discord.js';
import { EVERYONE_MAY } from '../../../sandbox/discord/permissions.ts';
import { type Found, inDatabase, ofDiscord, ofServers, ofToken, type Seed } from './seed.ts';

const SECOND_MS = 1000;
const USED = 274878008320n;

/** As the portal has the application. */
const applied = (name: string, fields: Record<string, unknown>, ...finds: Found[]): Seed => ({
  name,
  sow: ({ discord }) => discord.setApplication(fields),
  finds,
});

const applications: readonly Seed[] = [
  {
    name: 'Discord out of reach',
    sow: ({ environment }) => Object.assign(environment, { DISCORD_API_URL: 'http://127.0.0.1:1/api' }),
    finds: ['discord: discord_silent'],
    skips: ofDiscord,
  },
  {
    name: 'an outage of Discord',
    sow: ({ discord }) => discord.fail({ path: /./, with: 503, times: 99 }),
    finds: ['discord: discord_silent'],
    skips: ofDiscord,
  },
  {
    name: 'an API address with its version',
    sow: ({ environment, discord }) => Object.assign(environment, { DISCORD_API_URL: `${discord.url}/v10` }),
    finds: ['discord: discord_elsewhere'],
    skips: ofDiscord,
  },
  {
    name: 'a token that was reset',
    sow: ({ discord }) => discord.resetToken(),
    finds: ['token: token_refused'],
    skips: ofToken,
  },
  {
    name: 'a clock half a minute behind',
    sow: ({ discord }) => discord.setDateSkew(30 * SECOND_MS),
    finds: ['discord_clock: clock_off'],
  },
  {
    name: 'a clock ten minutes ahead',
    sow: ({ discord }) => discord.setDateSkew(-600 * SECOND_MS),
    finds: ['discord_clock: clock_far_off'],
  },
  {
    name: 'an intent that was not granted',
    sow: ({ environment }) => Object.assign(environment, { DISCORD_MEMBERS_INTENT: 'true' }),
    finds: ['intents: intent_lacking'],
  },
  {
    name: 'an Interactions Endpoint URL',
    sow: ({ discord }) => discord.setInteractionsEndpoint('https://example.com/interactions'),
    finds: ['endpoint: endpoint_set'],
  },
  applied('a public bot', { bot_public: true }, 'install_link: app_public'),
  applied('a code grant', { bot_require_code_grant: true }, 'install_link: app_code_grant'),
  applied('an application for people only', { integration_types_config: { 1: {} } }, 'install_link: app_no_servers'),
  applied(
    'an install link without commands',
    { install_params: { scopes: ['bot'], permissions: String(USED) } },
    'install_link: link_lacks_scopes',
  ),
  applied(
    'an install link without files',
    { install_params: { scopes: ['bot', 'applications.commands'], permissions: String(USED & ~Flag.AttachFiles) } },
    'install_link: link_lacks_rights',
  ),
  {
    name: 'few sign-ins left',
    sow: ({ discord }) => discord.limitSessions({ remaining: 7 }),
    finds: ['sign_ins: sign_ins_few'],
  },
  {
    name: 'no sign-in left',
    sow: ({ discord }) => discord.limitSessions({ remaining: 0 }),
    finds: ['sign_ins: sign_ins_none'],
  },
];

const servers: readonly Seed[] = [
  {
    name: 'not in the first server',
    sow: ({ discord, guildId }) => discord.leaveGuild(guildId),
    finds: ['servers: owner_not_in'],
    skips: ofServers,
  },
  {
    name: 'not in another server',
    sow: ({ discord, environment }) => {
      const other = discord.addGuild({ name: 'Chess club', joined: false });
      environment.DISCORD_GUILD_IDS += `,${other.id}`;
    },
    finds: ['servers: server_not_in'],
  },
  {
    name: 'a server whose id was mistyped',
    sow: ({ environment }) => {
      environment.DISCORD_GUILD_IDS += ',123456789012345678';
    },
    finds: ['servers: server_not_in'],
  },
  {
    name: 'nobody may attach files',
    sow: ({ discord, guildId }) => discord.setEveryoneMay(guildId, EVERYONE_MAY & ~Flag.AttachFiles),
    finds: ['rights: server_lacks_rights', 'channels: channel_limited'],
  },
  {
    name: 'a deleted approvals channel',
    sow: ({ discord, guildId, approvalsId }) => discord.deleteChannel(guildId, approvalsId),
    finds: ['channels: channel_gone'],
  },
  {
    name: 'an approvals channel that the bot may not write in',
    sow: ({ discord, approvalsId }) => discord.setBotMayPost(approvalsId, false),
    finds: ['channels: channel_closed'],
  },
  {
    name: 'an approvals channel that the bot does not see',
    sow: ({ discord, approvalsId }) => discord.setBotMay(approvalsId, Flag.ViewChannel, false),
    finds: ['channels: channel_closed'],
  },
  {
    name: 'an approvals channel without its history',
    sow: ({ discord, approvalsId }) => discord.setBotMay(approvalsId, Flag.ReadMessageHistory, false),
    finds: ['channels: channel_limited'],
  },
  {
    name: 'a thread that the bot may not write in',
    async sow({ discord, approvalsId, setPolicy }) {
      const thread = discord.addThread(approvalsId, 'requests');
      discord.setBotMay(approvalsId, Flag.SendMessagesInThreads, false);
      await setPolicy({ approvalsChannel: thread.id });
    },
    finds: ['channels: channel_closed'],
  },
  {
    name: "a deleted admins' channel",
    async sow({ discord, guildId, setPolicy }) {
      const { id } = discord.addChannel(guildId, 'office', { seenBy: [] });
      await setPolicy({ adminsChannel: id });
      discord.deleteChannel(guildId, id);
    },
    finds: ['channels: channel_gone'],
  },
  {
    name: "an admins' channel for everybody",
    async sow({ discord, guildId, setPolicy }) {
      await setPolicy({ adminsChannel: discord.addChannel(guildId, 'lobby').id });
    },
    finds: ['channels: channel_public'],
  },
  {
    name: "no admins' channel",
    sow: ({ discord, guildId, adminsId }) => discord.deleteChannel(guildId, adminsId),
    finds: ['channels: no_admins_channel'],
  },
];

const roles: readonly Seed[] = [
  {
    name: 'a deleted role of approvers',
    async sow({ discord, guildId, approversId, setPolicy }) {
      const { id } = discord.addRole(guildId, { name: 'Old hands' });
      await setPolicy({ approvers: [approversId, id] });
      discord.deleteRole(guildId, id);
    },
    finds: ['roles: role_gone'],
  },
  {
    name: 'the only role of approvers deleted',
    sow: ({ discord, guildId, approversId }) => discord.deleteRole(guildId, approversId),
    finds: ['roles: role_gone', 'roles: nobody_approves'],
  },
  {
    name: 'a budget of a role that was deleted',
    sow: ({ setPolicy }) =>
      setPolicy({ budgets: [{ scope: { kind: 'role', id: '999999999999999999' }, period: 'day', limit: '5' }] }),
    finds: ['roles: role_gone'],
  },
  {
    name: 'approvers who cannot be pinged',
    async sow({ discord, guildId, alice, setPolicy }) {
      const { id } = discord.addRole(guildId, { name: 'Quiet ones' });
      discord.setRoles(guildId, alice, [id]);
      await setPolicy({ approvers: [id] });
    },
    finds: ['roles: role_unheard'],
  },
  {
    name: 'a role of approvers that nobody has',
    async sow({ discord, guildId, approversId, setPolicy }) {
      const { id } = discord.addRole(guildId, { name: 'Deputies', mentionable: true });
      await setPolicy({ approvers: [approversId, id] });
    },
    finds: ['roles: role_empty'],
  },
  {
    name: 'nobody who approves',
    sow: ({ discord, guildId, alice }) => discord.setRoles(guildId, alice, []),
    finds: ['roles: nobody_approves'],
  },
  {
    name: 'settings that somebody changed in the database',
    sow: (clinic) =>
      inDatabase(clinic, `UPDATE entries SET value = replace(value, 'UTC', 'GMT') WHERE namespace = 'settings'`),
    finds: ['channels: settings_unreadable', 'roles: settings_unreadable'],
  },
];

const commands: readonly Seed[] = [
  {
    name: 'no command registered',
    sow: ({ discord, guildId }) => discord.changeCommands(guildId, () => []),
    finds: ['commands: commands_missing'],
  },
  {
    name: 'a command missing',
    sow: ({ discord, guildId }) => discord.changeCommands(guildId, (all) => all.filter(({ name }) => name !== 'buy')),
    finds: ['commands: commands_missing'],
  },
  {
    name: 'a command of another version',
    sow: ({ discord, guildId }) =>
      discord.changeCommands(guildId, (all) =>
        all.map((each) => (each.name === 'buy' ? { ...each, description: 'Buy a cake' } : each)),
      ),
    finds: ['commands: commands_differ'],
  },
  {
    name: "somebody else's command",
    sow: ({ discord, guildId }) =>
      discord.changeCommands(guildId, (all) => [...all, { ...(all[0] as (typeof all)[number]), name: 'sell' }]),
    finds: ['commands: commands_extra'],
  },
  {
    name: 'added without commands',
    sow: ({ discord, guildId }) =>
      discord.fail({
        path: new RegExp(`/guilds/${guildId}/commands$`),
        with: { status: 403, code: 50001, message: 'Missing Access' },
      }),
    finds: ['commands: commands_unread'],
  },
];

export const discordSeeds: readonly Seed[] = [...applications, ...servers, ...roles, ...commands];
