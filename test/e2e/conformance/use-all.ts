import type { Stage } from '../../sandbox/discord/stage.ts';

const V2 = 1 << 15;
const buttons = [
  {
    type: 17,
    components: [
      { type: 10, content: 'Hello' },
      { type: 14 },
      { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] },
      { type: 1, components: [{ type: 5, custom_id: 'who', placeholder: 'Who' }] },
      { type: 1, components: [{ type: 6, custom_id: 'role', placeholder: 'Role' }] },
      { type: 1, components: [{ type: 8, custom_id: 'where', placeholder: 'Where' }] },
    ],
  },
];
const modal = {
  ...{ custom_id: 'form', title: 'Form' },
  components: [{ type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 1 } }],
};

/** A message with a file that one of its components shows. */
function withFile(): FormData {
  const form = new FormData();
  const components = [{ type: 13, file: { url: 'attachment://cards.csv' } }];
  const attachments = [{ id: '0', filename: 'cards.csv' }];
  form.set('payload_json', JSON.stringify({ flags: V2, components, attachments }));
  form.set('files[0]', new File(['a,b'], 'cards.csv', { type: 'text/csv' }));
  return form;
}

async function readAll({ api, guild, bob, discord }: Stage): Promise<void> {
  const [ofGuild, ofApp] = [`/guilds/${guild.id}`, `/applications/${discord.applicationId}`];
  const paths = [
    ...['/gateway/bot', '/users/@me', '/applications/@me', '/oauth2/applications/@me'],
    ...[`/users/${bob.id}`, ofGuild, `${ofGuild}/roles`, `${ofGuild}/roles/member-counts`],
    ...[`${ofGuild}/members?limit=9`, `${ofGuild}/members/search?query=b`],
    ...[`${ofGuild}/channels`, `${ofGuild}/members/${bob.id}`, `/channels/${guild.general.id}`],
    ...[`${ofApp}/commands`, `${ofApp}${ofGuild}/commands?with_localizations=true`],
  ];
  discord.grantMembersIntent();
  for (const path of paths) await api.get(path);
}

async function writeCommands({ api, discord }: Stage): Promise<void> {
  const path = `/applications/${discord.applicationId}/commands`;
  const options = [
    { type: 3, name: 'item', description: 'What', required: true, autocomplete: true },
    { type: 4, name: 'quantity', description: 'How many', min_value: 1, max_value: 9 },
    { type: 6, name: 'for', description: 'Whom' },
  ];
  const body = { name: 'gift', description: 'Give', options, name_localizations: { de: 'gabe' } };
  const { id } = (await api.post(path, body)).body;
  await api.get(`${path}/${id}`);
  await api.patch(`${path}/${id}`, { description: 'Give away' });
  await api.put(path, [{ ...body, type: 1 }]);
  await api.delete(`${path}/${id}`);
}

async function writeMessages(stage: Stage): Promise<void> {
  const { api, guild, bob, discord } = stage;
  const path = `/channels/${guild.general.id}/messages`;
  const content = `Hello <@${bob.id}>`;
  const { id } = (await api.post(path, { content, nonce: '1', enforce_nonce: true })).body;
  await api.post(path, { content, message_reference: { message_id: id } });
  await api.post(path, { embeds: [{ title: 'T', fields: [{ name: 'a', value: 'b' }] }] });
  await api.post(path, withFile());
  await api.get(path);
  await api.get(`${path}/${id}`);
  await api.patch(`${path}/${id}`, { content: 'Bye' });
  await api.delete(`${path}/${id}`);
  const dm = (await api.post('/users/@me/channels', { recipient_id: bob.id })).body;
  discord.say(bob.id, dm.id, 'Hello');
  await api.get(`/channels/${dm.id}`);
  await api.get(`/channels/${dm.id}/messages`);
  await useThreads(stage);
}

/** Threads, and what they are in; the guild that is told of again has one. */
async function useThreads({ api, guild, alice, discord }: Stage): Promise<void> {
  const forum = discord.addChannel(guild.id, 'questions', { kind: 'forum' });
  discord.addChannel(guild.id, 'news', { kind: 'announcement' });
  const thread = discord.addThread(forum.id, 'Who won?', { ownerId: alice.id });
  await api.get(`/channels/${thread.id}`);
  await api.get(`/channels/${forum.id}`);
  await api.post(`/channels/${thread.id}/messages`, { content: 'You' });
  discord.leaveGuild(guild.id);
  discord.joinGuild(guild.id);
}

/** A command, what is on its answer, a modal, and what else its webhook can do. */
async function interactions(stage: Stage): Promise<void> {
  const { api, alice, bob, guild, discord } = stage;
  const actor = stage.inGeneral(alice);
  const answer = (id: string, token: string, type: number, data?: unknown) =>
    api.post(`/interactions/${id}/${token}/callback?with_response=true`, { type, data });
  const list = { name: 'list.csv', bytes: 'a,b' };
  const command = await stage.begin(() => actor.run('buy', { list }, { unchecked: true }));
  await answer(command.id, command.token, 4, { flags: V2, components: buttons });
  const message = (await command.exchange).message();
  if (!message) throw new Error('there is no answer');
  const chosen = [
    ['who', bob.id],
    ['role', discord.addRole(guild.id, { name: 'Helpers' }).id],
    ['where', guild.general.id],
  ] as const;
  for (const [menu, id] of chosen) {
    const pending = await stage.begin(() => actor.choose(message, menu, [id]));
    await answer(pending.id, pending.token, 6);
  }
  const pressed = await stage.begin(() => actor.press(message, 'Go'));
  await answer(pressed.id, pressed.token, 9, modal);
  const opened = await pressed.exchange;
  const submitted = await stage.begin(() => actor.submit(opened, { why: 'so' }));
  await answer(submitted.id, submitted.token, 7, { components: buttons });
  await throughWebhook(stage, submitted.webhook);
  const deferred = await stage.begin(() => actor.run('buy'));
  await answer(deferred.id, deferred.token, 5);
}

async function throughWebhook({ api }: Stage, webhook: string): Promise<void> {
  const { id } = (await api.post(webhook, { content: 'Beside', flags: 64 })).body;
  await api.get(`${webhook}/messages/${id}`);
  await api.patch(`${webhook}/messages/${id}`, { content: 'Aside' });
  await api.delete(`${webhook}/messages/${id}`);
  await api.get(`${webhook}/messages/@original`);
  await api.patch(`${webhook}/messages/@original`, { components: buttons });
  await api.delete(`${webhook}/messages/@original`);
}

/** Uses all that the stand-in plays, as a bot would. */
export async function useAll(stage: Stage): Promise<void> {
  await writeCommands(stage);
  await readAll(stage);
  await writeMessages(stage);
  await interactions(stage);
}
