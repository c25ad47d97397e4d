import { SlashCommandBuilder } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord.js';

interface CommandWords {
  readonly name: string;
  readonly description: string;
}

/** A command that Discord shows to people with Manage Server only. Whether they are admins is checked when they use it. */
export function adminCommand({ name, description }: CommandWords): SlashCommandBuilder {
  return new SlashCommandBuilder()
    .setName(name)
    .setDescription(description)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild);
}
