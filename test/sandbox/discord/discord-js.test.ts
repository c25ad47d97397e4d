import {
  ActionRowBuilder,
  AttachmentBuilder,
  type BaseInteraction,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Actor,
  type DiscordStandIn,
  type Guild,
  startDiscord,
  type User,
} from '../../../sandbox/discord/start-discord.ts';
import { createClient, startBot } from './bot.ts';

const buy = new SlashCommandBuilder()
  .setName('buy')
  .setDescription('Buy a gift card')
  .addStringOption((o) => o.setName('item').setDescription('Which').setRequired(true).setAutocomplete(true))
  .addIntegerOption((o) => o.setName('quantity').setDescription('How many').setMinValue(1).setMaxValue(100))
  .toJSON();

const buttons = (...labels: string[]) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    labels.map((label) =>
      new ButtonBuilder().setCustomId(label.toLowerCase()).setLabel(label).setStyle(ButtonStyle.Primary),
    ),
  );

let discord: DiscordStandIn;
let guild: Guild;
let alice: User;
let actor: Actor;
let stop: () => Promise<void>;
let failures: unknown[];

const start = async (handle: (interaction: BaseInteraction) => Promise<unknown>) => {
  const bot = await startBot(discord, handle);
  stop = bot.stop;
  failures = bot.failures;
  await bot.client.application.commands.set([buy], guild.id);
  return bot.client;
};

beforeEach(async () => {
  discord = await startDiscord();
  guild = discord.addGuild({ name: 'Team' });
  alice = discord.addMember(guild.id, {
    name: 'Alice',
    permissions: PermissionFlagsBits.ManageGuild,
    locale: 'de',
  });
  actor = discord.as(alice.id, { guildId: guild.id, channelId: guild.general.id });
  stop = async () => {};
  failures = [];
});

afterEach(async () => {
  await stop();
  await discord.close();
  expect(failures).toEqual([]);
});

describe('discord.js against the stand-in', () => {
  it('logs in, knows its guild and registers its command', async () => {
    const client = await start(async () => {});
    expect(client.user.id).toBe(discord.applicationId);
    expect(client.guilds.cache.get(guild.id)?.name).toBe('Team');
    expect(client.guilds.cache.get(guild.id)?.channels.cache.first()?.name).toBe('general');
    expect(discord.commands(guild.id).map((one) => one.name)).toEqual(['buy']);
    expect(discord.commandWrites).toBe(1);
    const listed = await client.application.commands.fetch({
      guildId: guild.id,
      withLocalizations: true,
    });
    expect(listed.first()?.options.length).toBe(2);
    expect(discord.connections).toBe(1);
  });

  it('answers a command after "thinking…", for its user only', async () => {
    let seen: BaseInteraction | undefined;
    await start(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      seen = interaction;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const item = interaction.options.getString('item', true);
      const quantity = interaction.options.getInteger('quantity') ?? 1;
      await interaction.editReply(`${quantity} × ${item}`);
    });
    const exchange = await actor.run('buy', { item: 'GOOGLE-5', quantity: 2 });
    expect(exchange.acknowledged).toBe('deferred');
    expect(exchange.ephemeral).toBe(true);
    expect((await exchange.settled()).text).toBe('2 × GOOGLE-5');
    expect(seen?.memberPermissions?.has(PermissionFlagsBits.ManageGuild)).toBe(true);
    expect(seen?.locale).toBe('de');
    expect(seen?.inCachedGuild()).toBe(true);
  });

  it('changes the pressed message by a button, and by a menu', async () => {
    const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
      new StringSelectMenuBuilder()
        .setCustomId('pick')
        .setPlaceholder('Pick one')
        .addOptions({ label: 'First', value: '1' }, { label: 'Second', value: '2' }),
    );
    await start(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'Sure?', components: [buttons('Yes', 'No'), menu] });
      if (interaction.isButton()) {
        await interaction.deferUpdate();
        await interaction.editReply({ content: 'Working', components: [menu] });
      }
      if (interaction.isStringSelectMenu())
        await interaction.update({ content: `Got ${interaction.values[0]}`, components: [] });
    });
    const asked = await actor.run('buy', { item: 'X' });
    const question = await asked.settled();
    expect(question.text).toBe('Sure?\n[Yes] [No]\n[Pick one ▾]');
    const pressed = await actor.press(question, 'Yes');
    expect(pressed.acknowledged).toBe('deferred-update');
    expect((await pressed.settled()).id).toBe(question.id);
    const chosen = await actor.choose(question, 'Pick one', ['Second']);
    expect(chosen.acknowledged).toBe('update');
    expect(question.text).toBe('Got 2');
    expect(question.edits).toBe(2);
    await expect(actor.press(question, 'Yes')).rejects.toThrow('no button "Yes"');
  });

  it('opens a modal and takes what was written', async () => {
    const modal = new ModalBuilder()
      .setCustomId('why')
      .setTitle('Why?')
      .addLabelComponents(
        new LabelBuilder()
          .setLabel('Reason')
          .setTextInputComponent(
            new TextInputBuilder().setCustomId('reason').setStyle(TextInputStyle.Short).setMaxLength(20),
          ),
      );
    await start(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(modal);
      if (interaction.isModalSubmit())
        await interaction.reply(`Because: ${interaction.fields.getTextInputValue('reason')}`);
    });
    const opened = await actor.run('buy', { item: 'X' });
    expect(opened.acknowledged).toBe('modal');
    expect(opened.modal?.fields[0]).toMatchObject({ customId: 'reason', label: 'Reason' });
    await expect(actor.submit(opened, { Reason: 'x'.repeat(21) })).rejects.toThrow('20 characters');
    await expect(actor.submit(opened, {})).rejects.toThrow('must be filled in');
    const submitted = await actor.submit(opened, { Reason: 'a quiz' });
    expect((await submitted.settled()).text).toBe('Because: a quiz');
  });

  it('completes an option as it is typed', async () => {
    await start(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name}: ${value}`, value: 'GOOGLE-5' }]);
    });
    expect(await actor.complete('buy', { item: 'goo', quantity: 2 }, 'item')).toEqual([
      { name: 'item: goo', value: 'GOOGLE-5' },
    ]);
  });

  it('sends a direct message once per nonce, with a file that can be read', async () => {
    const client = await start(async () => {});
    const user = await client.users.fetch(alice.id);
    const message = {
      content: 'Your codes',
      files: [new AttachmentBuilder(Buffer.from('a,b\n1,2\n'), { name: 'cards.csv' })],
      nonce: 'k7q2m9-1',
      enforceNonce: true,
    };
    const [first, second] = [await user.send(message), await user.send(message)];
    expect(second.id).toBe(first.id);
    expect(discord.dmsOf(alice.id)).toHaveLength(1);
    expect(discord.dmsOf(alice.id)[0]?.attachments[0]).toMatchObject({
      filename: 'cards.csv',
      text: 'a,b\n1,2\n',
    });
    const url = first.attachments.first()?.url ?? '';
    expect(await (await fetch(url)).text()).toBe('a,b\n1,2\n');
    expect(discord.requests.at(-1)?.files[0]?.name).toBe('cards.csv');
  });

  it('answers presses in a direct message, which come without a guild', async () => {
    const client = await start(async (interaction) => {
      if (interaction.isButton())
        await interaction.update({
          content: `guild ${interaction.guildId}, ${interaction.user.displayName}`,
          components: [],
        });
    });
    const user = await client.users.fetch(alice.id);
    await user.send({ content: 'Codes', components: [buttons('Show')] });
    const [dm] = discord.dmsOf(alice.id);
    if (!dm) throw new Error('no direct message came');
    const there = discord.as(alice.id, { dm: true });
    await there.press(dm, 'Show');
    expect(dm.text).toBe('guild null, Alice');
  });

  it('turns an answer into a layout of components', async () => {
    await start(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const box = new ContainerBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('**Bought**'))
        .addActionRowComponents(buttons('Show'));
      await interaction.editReply({ components: [box], flags: MessageFlags.IsComponentsV2 });
    });
    const answer = await (await actor.run('buy', { item: 'X' })).settled();
    expect(answer.text).toBe('**Bought**\n[Show]');
    expect(answer.ephemeral).toBe(true);
  });

  it('is refused with a wrong token', async () => {
    const client = createClient(discord);
    await expect(client.login('not.the.token')).rejects.toMatchObject({ code: 'TokenInvalid' });
    await client.destroy();
  });

  it('comes back after the gateway broke off, and hears what it missed', async () => {
    const client = await start(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('here');
    });
    discord.dropGateway();
    expect((await actor.run('buy', { item: 'X' })).message()?.text).toBe('here');
    const ready = new Promise((resolve) => client.once(Events.ShardReady, resolve));
    discord.dropGateway({ forget: true });
    await ready;
    expect((await actor.run('buy', { item: 'X' })).message()?.text).toBe('here');
  });

  it('hears of a guild that it joins later, and of one that it leaves', async () => {
    const client = await start(async () => {});
    const later = discord.addGuild({ name: 'Later', joined: false });
    const joined = new Promise((resolve) => client.once(Events.GuildCreate, resolve));
    discord.joinGuild(later.id);
    expect(await joined).toMatchObject({ name: 'Later' });
    const left = new Promise((resolve) => client.once(Events.GuildDelete, resolve));
    discord.leaveGuild(later.id);
    expect(await left).toMatchObject({ id: later.id });
  });

  it('hears of roles and channels that come, change and go', async () => {
    const client = await start(async () => {});
    const seen = await client.guilds.fetch(guild.id);
    const role = discord.addRole(guild.id, { name: 'Buyers' });
    const desk = discord.addChannel(guild.id, 'desk');
    discord.setBotMayPost(desk.id, false);
    const mayPost = () => {
      const channel = seen.channels.cache.get(desk.id);
      return channel && seen.members.me?.permissionsIn(channel).has('SendMessages');
    };
    await expect.poll(mayPost).toBe(false);
    expect(seen.roles.cache.get(role.id)?.name).toBe('Buyers');
    discord.setBotMayPost(desk.id, true);
    await expect.poll(mayPost).toBe(true);
    discord.deleteChannel(guild.id, desk.id);
    discord.deleteRole(guild.id, role.id);
    await expect.poll(() => seen.roles.cache.has(role.id)).toBe(false);
    expect(seen.channels.cache.has(desk.id)).toBe(false);
  });

  it('replies to a message, and knows that it is one', async () => {
    const client = await start(async () => {});
    const channel = await client.channels.fetch(guild.general.id);
    if (!channel?.isSendable()) throw new Error('there is no channel');
    const asked = await channel.send('Asked');
    const reminded = await asked.reply('Reminded');
    expect(reminded.reference?.messageId).toBe(asked.id);
  });
});
