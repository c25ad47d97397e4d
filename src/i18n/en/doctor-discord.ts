import { counted, number } from './count.ts';
import type { FindingWords } from './doctor-words.ts';

const portal = 'Discord developer portal (https://discord.com/developers/applications)';

const ofDiscord = {
  discord_silent: ({ why }) => [
    `Discord cannot be reached (${why}).`,
    'Check the network, the firewall and DISCORD_API_URL, and look at https://discordstatus.com.',
  ],
  discord_elsewhere: () => [
    'Something answers at DISCORD_API_URL, but it is not Discord.',
    'Remove DISCORD_API_URL, or set it to the base without a version: https://discord.com/api',
  ],
  token_refused: () => [
    'Discord refuses the bot token: Cardigan cannot sign in.',
    `Copy it again from the ${portal}, page Bot, Reset Token, into DISCORD_TOKEN.`,
  ],
  clock_off: ({ of, seconds }) => [
    `The clock of this machine and that of ${of} differ by ${counted(seconds, 'second')}.`,
    'Turn on time synchronisation: sudo timedatectl set-ntp true',
  ],
  clock_far_off: ({ of, seconds }) => [
    `The clock of this machine and that of ${of} differ by ${counted(seconds, 'second')}. Cardigan cannot tell new orders from old ones.`,
    'Turn on time synchronisation: sudo timedatectl set-ntp true',
  ],
  intent_lacking: () => [
    'DISCORD_MEMBERS_INTENT is true, but the application has no Server Members Intent: Cardigan does not start.',
    `Turn on Server Members Intent in the ${portal}, page Bot, or set DISCORD_MEMBERS_INTENT=false.`,
  ],
  intent_unreviewed: ({ members }) => [
    `The servers have about ${number(members)} members, and from 10,000 on Discord grants Server Members Intent only after a review.`,
    `Apply for it in the ${portal}, page Bot, or set DISCORD_MEMBERS_INTENT=false.`,
  ],
  endpoint_set: () => [
    'The application has an Interactions Endpoint URL: Discord sends commands there, and Cardigan hears none of them.',
    `Clear Interactions Endpoint URL in the ${portal}, page General Information.`,
  ],
  app_public: () => [
    'Anyone can add this bot to a server of their own. It does nothing there, but there is no need for it.',
    `In the ${portal}: page Installation, set Install Link to None; then page Bot, turn off Public Bot.`,
  ],
  app_code_grant: () => [
    'The bot requires an OAuth2 code grant, so nobody can add it to a server.',
    `Turn off Requires OAuth2 Code Grant in the ${portal}, page Bot.`,
  ],
  app_no_servers: () => [
    'The application cannot be added to servers, only to people.',
    `Turn on Guild Install in the ${portal}, page Installation.`,
  ],
  link_lacks_scopes: ({ scopes }) => [
    `Whoever adds the bot by its own install link gives it too little: the link lacks ${scopes}.`,
    `Add these scopes in the ${portal}, page Installation, Default Install Settings.`,
  ],
  link_lacks_rights: ({ lacks }) => [
    `Whoever adds the bot by its own install link gives it too little: the link lacks ${lacks}.`,
    `Add these permissions in the ${portal}, page Installation, Default Install Settings.`,
  ],
  sign_ins_few: ({ left, at }) => [
    `Discord lets Cardigan sign in only ${counted(left, 'more time', 'more times')} until ${at}: something restarts it again and again.`,
    'Before you restart it, find out from its log why it ends.',
  ],
  sign_ins_none: ({ at }) => [
    `Discord does not let Cardigan sign in until ${at}: it has signed in about a thousand times in a day. If it is running, it goes on.`,
    'Stop whatever restarts it, find out from its log why it ends, and wait until that time to start it again.',
  ],
} satisfies Partial<FindingWords>;

const ofServers = {
  server_not_in: ({ id, link }) => [
    `DISCORD_GUILD_IDS names ${id}, but Cardigan is not in that server.`,
    `Correct the id (right-click the server, Copy Server ID), or add Cardigan: ${link}`,
  ],
  owner_not_in: ({ id, link }) => [
    `DISCORD_GUILD_IDS names ${id} first, but Cardigan is not in that server: it does not start without it.`,
    `Correct the id (right-click the server, Copy Server ID), or add Cardigan: ${link}`,
  ],
  server_lacks_rights: ({ server, lacks, link }) => [
    `${server}: Cardigan's roles lack ${lacks}.`,
    `Grant them with this link, which changes nothing else: ${link}`,
  ],
  channel_gone: ({ server, setting }) => [
    `${server}: the channel of the setting "${setting}" no longer exists.`,
    'Choose another one with /settings there.',
  ],
  channel_closed: ({ server, channel, lacks, setting }) => [
    `${server}: Cardigan cannot write in ${channel} (${setting}). It lacks ${lacks}.`,
    'Allow it in Edit Channel, Permissions, or choose another channel with /settings there.',
  ],
  channel_limited: ({ server, channel, lacks, setting }) => [
    `${server}: in ${channel} (${setting}) Cardigan lacks ${lacks}.`,
    'Allow it in Edit Channel, Permissions.',
  ],
  channel_public: ({ server, channel }) => [
    `${server}: everyone can read ${channel}, so nothing for admins is posted there.`,
    'Deny View Channel to @everyone in Edit Channel, Permissions, and allow it to admins and Cardigan.',
  ],
  no_admins_channel: ({ server }) => [
    `${server}: there is no channel for admins, so Cardigan writes to the server's owner.`,
    'Create a private text channel named cardigan-admins for admins and Cardigan, or choose one with /settings there.',
  ],
  role_gone: ({ server, setting }) => [
    `${server}: a role of the setting "${setting}" no longer exists.`,
    'Choose the roles again, with /settings there; for a budget with /budget.',
  ],
  role_unheard: ({ server, role, link }) => [
    `${server}: Cardigan cannot ping ${role}, so nobody hears that a request waits for them.`,
    `In Server Settings, Roles, let anyone mention this role; or let Cardigan mention all roles: ${link}`,
  ],
  role_empty: ({ server, role }) => [
    `${server}: nobody has ${role}, which may approve.`,
    'Give it to somebody in Server Settings, Members, or take it out of the approvers with /settings there.',
  ],
  nobody_approves: ({ server }) => [
    `${server}: nobody has a role that may approve: requests wait until they expire.`,
    'Give such a role to somebody in Server Settings, Members, or choose other approvers with /settings there.',
  ],
  settings_unreadable: ({ server }) => [
    `${server}: its settings cannot be read: somebody changed them in the database, or a later version wrote them.`,
    'Restore that record from a backup. Nothing is bought there until then.',
  ],
  commands_unread: ({ server, link }) => [`${server}: Cardigan may not have commands there.`, `Add it again: ${link}`],
  commands_missing: ({ server, commands }) => [
    `${server}: these commands are not registered: ${commands}.`,
    'Start Cardigan again: it registers them. If it has just started, wait a minute.',
  ],
  commands_differ: ({ server, commands }) => [
    `${server}: these commands are registered as another version has them: ${commands}.`,
    'Start Cardigan again: it registers them anew.',
  ],
  commands_extra: ({ server, commands }) => [
    `${server}: these commands are registered, and this version has none of them: ${commands}.`,
    "Start Cardigan again: it takes them away. If they are another program's, give that a token of its own.",
  ],
} satisfies Partial<FindingWords>;

export const discordFindings = { ...ofDiscord, ...ofServers };
