import { type BaseInteraction, MessageFlags } from 'discord.js';
import type { DiscordStandIn } from '../../../sandbox/discord/start-discord.ts';
import { createApi } from '../discord/api.ts';
import { startBot } from '../discord/bot.ts';

const ADMINS_ONLY = String(1n << 5n);
const row = (...components: object[]) => ({ type: 1, components });
const input = { type: 4, custom_id: 'why', style: 1, required: true };

const commands = [
  {
    name: 'whisper',
    description: 'Answers whoever asks',
    options: [
      { type: 3, name: 'what', description: 'What', required: true, autocomplete: true },
      { type: 4, name: 'times', description: 'How often', min_value: 1, max_value: 3 },
    ],
  },
  { name: 'announce', description: 'Tells everybody' },
  { name: 'post', description: 'Writes a direct message' },
  { name: 'deaf', description: 'Is never answered' },
  { name: 'form', description: 'Opens a form' },
  {
    name: 'team',
    description: 'The team',
    default_member_permissions: ADMINS_ONLY,
    options: [{ type: 1, name: 'list', description: 'Who is in it' }],
  },
];

const whisper = {
  content: 'For you alone',
  components: [
    row({ type: 2, style: 1, custom_id: 'go', label: 'Go' }),
    row({ type: 3, custom_id: 'pick', options: [{ label: 'One', value: '1' }] }),
  ],
};
const form = {
  custom_id: 'form',
  title: 'Why',
  components: [{ type: 18, label: 'Why', component: input }],
};

async function handle(interaction: BaseInteraction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const name = `${interaction.options.getFocused()}…`;
    return interaction.respond([{ name, value: name }]);
  }
  if (interaction.isButton()) return interaction.update({ content: 'Gone', components: [] });
  if (interaction.isStringSelectMenu())
    return interaction.update({ content: `Picked ${interaction.values}`, components: [] });
  if (interaction.isModalSubmit()) {
    const content = `Because ${interaction.fields.getTextInputValue('why')}`;
    return interaction.reply({ content });
  }
  if (!interaction.isChatInputCommand()) return undefined;
  if (interaction.commandName === 'whisper') return interaction.reply({ ...whisper, flags: MessageFlags.Ephemeral });
  if (interaction.commandName === 'announce') return interaction.reply('Hear <@&1> and all');
  if (interaction.commandName === 'form') return interaction.showModal(form);
  if (interaction.commandName !== 'post') return undefined;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const file = { name: 'secret.txt', attachment: Buffer.from('a secret') };
  return interaction.user.send({ content: 'By post', files: [file] });
}

/** A bot that does a little of everything that the page shows. */
export async function startTownBot(discord: DiscordStandIn, guildId: string) {
  const path = `/applications/${discord.applicationId}/guilds/${guildId}/commands`;
  await createApi(discord).put(path, commands);
  return startBot(discord, handle);
}
