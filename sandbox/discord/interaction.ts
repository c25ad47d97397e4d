import type { InteractionType } from 'discord-api-types/v10';
import type { Component } from './component.ts';
import type { Cause, StoredMessage } from './message.ts';

/** After this long without an acknowledgement Discord tells the user that the bot did not respond. */
export const ACKNOWLEDGE_WITHIN_MS = 3000;
export const TOKEN_LASTS_MS = 15 * 60_000;

export type Acknowledgement = 'message' | 'deferred' | 'update' | 'deferred-update' | 'modal' | 'choices' | 'none';

export interface Modal {
  customId: string;
  title: string;
  components: Component[];
}

export interface Choice {
  name: string;
  value: string | number;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly userId: string;
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly createdAt: number;
  /** Name of the command, for a chat input command. */
  readonly command: string | undefined;
  /** The message whose component was used, or whose component opened the modal. */
  readonly pressed: StoredMessage | undefined;
  /** For a modal: the interaction that it was the answer to. */
  readonly opener: Interaction | undefined;
  acknowledged: Acknowledgement;
  ephemeral: boolean;
  /** What `@original` means: the answer, or the pressed message after an update. */
  original: StoredMessage | undefined;
  followUps: StoredMessage[];
  /** How often the answer was edited through this interaction. */
  edits: number;
  modal: Modal | undefined;
  choices: Choice[];
}

export const causeOf = (interaction: Interaction): Cause => ({
  id: interaction.id,
  type: interaction.type,
  userId: interaction.userId,
  command: interaction.command,
  pressedId: interaction.pressed?.id,
  openedBy: interaction.opener && causeOf(interaction.opener),
});
