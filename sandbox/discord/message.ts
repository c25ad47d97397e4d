import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { type Component, flatten } from './component.ts';
import { type ButtonView, isMenu, type MenuView, toButton, toMenu, visibleText } from './message-view.ts';
import type { Embed } from './rules/message.ts';

export interface Attachment {
  id: string;
  filename: string;
  contentType: string;
  description?: string;
  bytes: Uint8Array;
  /** The bytes read as UTF-8. */
  text: string;
}

/** What an answer says of the interaction that it answers. */
export interface Cause {
  id: string;
  type: number;
  userId: string;
  command: string | undefined;
  /** The message whose component was used. */
  pressedId: string | undefined;
  /** For a modal: what opened it. */
  openedBy: Cause | undefined;
}

export interface MessageOrigin {
  id: string;
  channelId: string;
  guildId: string | undefined;
  authorId: string;
  createdAt: number;
  /** Ephemeral: only this user sees it, for as long as it exists. */
  onlyFor?: string | undefined;
  /** The message that it is a reply to. */
  repliesTo?: string | undefined;
  /** Who was notified when it came: user ids, role ids, `everyone`. What is edited in later notifies nobody. */
  pinged?: readonly string[];
  /** The interaction that it answers. */
  answers?: Cause | undefined;
}

/** What an edit replaces. */
export interface MessageBodyState {
  content: string;
  embeds: Embed[];
  components: Component[];
  attachments: Attachment[];
  flags: number;
  /** Whom it mentions now: user ids, role ids, `everyone`. */
  mentioned: string[];
}

export interface Message extends Readonly<MessageOrigin>, Readonly<MessageBodyState> {
  readonly pinged: readonly string[];
  readonly edits: number;
  readonly editedAt: number | undefined;
  readonly deleted: boolean;
  readonly ephemeral: boolean;
  /** Deferred and not answered yet: Discord shows "thinking…". */
  readonly thinking: boolean;
  /** All visible words, a line each; buttons as [label], menus as [placeholder ▾]. */
  readonly text: string;
  readonly buttons: ButtonView[];
  readonly menus: MenuView[];
}

/** A message that changes in place: what holds it always sees its newest state. */
export class StoredMessage implements Message {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly authorId: string;
  readonly createdAt: number;
  readonly onlyFor: string | undefined;
  readonly answers: MessageOrigin['answers'];
  content = '';
  embeds: Embed[] = [];
  components: Component[] = [];
  attachments: Attachment[] = [];
  flags = 0;
  mentioned: string[] = [];
  readonly repliesTo: string | undefined;
  readonly pinged: readonly string[];
  /** Who has reacted, by emoji: `🎉`, or `name:id` of a custom one. */
  reactions: Record<string, string[]> = {};
  edits = 0;
  editedAt: number | undefined;
  deleted = false;

  constructor(origin: MessageOrigin, body: Partial<MessageBodyState>) {
    this.id = origin.id;
    this.channelId = origin.channelId;
    this.guildId = origin.guildId;
    this.authorId = origin.authorId;
    this.createdAt = origin.createdAt;
    this.onlyFor = origin.onlyFor;
    this.answers = origin.answers;
    this.repliesTo = origin.repliesTo;
    this.pinged = origin.pinged ?? [];
    Object.assign(this, body);
  }

  get ephemeral(): boolean {
    return this.onlyFor !== undefined;
  }
  get thinking(): boolean {
    return (this.flags & MessageFlags.Loading) !== 0;
  }
  get text(): string {
    return visibleText(this);
  }
  get buttons(): ButtonView[] {
    return flatten(this.components)
      .filter((one) => one.type === ComponentType.Button)
      .map(toButton);
  }
  get menus(): MenuView[] {
    return flatten(this.components).filter(isMenu).map(toMenu);
  }
}
