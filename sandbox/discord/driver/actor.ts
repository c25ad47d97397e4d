import { ApplicationCommandType, ComponentType, InteractionType } from 'discord-api-types/v10';
import { flatten } from '../component.ts';
import type { Dispatch } from '../gateway.ts';
import { interact, type Use } from '../interact.ts';
import type { Choice, Interaction } from '../interaction.ts';
import type { Message, StoredMessage } from '../message.ts';
import { messageJson } from '../message-json.ts';
import type { ButtonView, MenuView } from '../message-view.ts';
import type { Json } from '../payloads.ts';
import type { Channel, User, World } from '../world.ts';
import { checkOptions, findCommand, findInMenu, type OptionValues, optionsJson } from './command-options.ts';
import { acknowledgement, type Exchange, toExchange } from './exchange.ts';
import { fillModal, type ModalValues } from './modal.ts';
import { resolvedForMenus, resolvedForOptions, resolvedUser } from './resolved.ts';
import { usableCommands } from './sight.ts';
import { upload } from './upload.ts';
import { visibleTo } from './visible.ts';

export interface Actor {
  readonly user: User;
  /**
   * Runs `buy` or, with subcommands, `reward send`, and waits for its acknowledgement.
   * A file is given as its name and its bytes or text. Options are checked as Discord's client checks them, unless `unchecked`.
   */
  run(command: string, options?: OptionValues, how?: { unchecked?: boolean }): Promise<Exchange>;
  /** Opens the menu of a person (right-click, Apps) and chooses a command of the bot there. */
  chooseFor(user: User, command: string): Promise<Exchange>;
  /** The same, of a message. */
  chooseOn(message: Message, command: string): Promise<Exchange>;
  /** What is offered while `focused` is being typed; its text so far is in `options`. */
  complete(command: string, options: OptionValues, focused: string): Promise<Choice[]>;
  /**
   * Presses a button, by its custom id or its label. `forged`: as a tampered client would, any custom id on
   * a message that this user can see.
   */
  press(message: Message, labelOrCustomId: string, how?: { forged?: boolean }): Promise<Exchange>;
  /** Chooses from a menu, by option values or labels (ids for users, roles and channels). */
  choose(message: Message, placeholderOrCustomId: string, values: string[]): Promise<Exchange>;
  /**
   * Submits the modal that an exchange ended with, values by custom id or label: text, or for a menu what is chosen
   * (ids for users, roles and channels).
   */
  submit(exchange: Exchange, values: ModalValues): Promise<Exchange>;
  /** What this user sees in this place, oldest first. */
  sees(): Message[];
  /**
   * As `run`, `press` and `complete`, but nothing is checked or waited for: for thousands at once, of whom each that
   * waited would look at every change.
   */
  readonly send: {
    run(command: string, options?: OptionValues, focused?: string): Interaction;
    press(message: Message, customId: string): Interaction;
  };
}

const pickButton = (message: Message, wanted: string): ButtonView => {
  const found =
    message.buttons.find((one) => one.customId === wanted) ?? message.buttons.find((one) => one.label === wanted);
  if (!found) throw new Error(`There is no button "${wanted}" on:\n${message.text}`);
  if (found.disabled) throw new Error(`The button "${wanted}" is disabled on:\n${message.text}`);
  if (!found.customId) throw new Error(`The button "${wanted}" is a link.`);
  return found;
};

const pickMenu = (message: Message, wanted: string): MenuView => {
  const found =
    message.menus.find((one) => one.customId === wanted) ?? message.menus.find((one) => one.placeholder === wanted);
  if (!found) throw new Error(`There is no menu "${wanted}" on:\n${message.text}`);
  if (found.disabled) throw new Error(`The menu "${wanted}" is disabled on:\n${message.text}`);
  return found;
};

const pickValues = (menu: MenuView, wanted: readonly string[]): string[] => {
  if (new Set(wanted).size < wanted.length)
    throw new Error(`"${menu.placeholder}" takes nothing twice: ${wanted.join(', ')}.`);
  if (wanted.length < menu.minValues || wanted.length > menu.maxValues)
    throw new Error(`"${menu.placeholder}" takes ${menu.minValues} to ${menu.maxValues} choices.`);
  if (menu.type !== ComponentType.StringSelect) return [...wanted];
  return wanted.map((one) => {
    const { options } = menu;
    const found = options.find((o) => o.value === one) ?? options.find((o) => o.label === one);
    if (found) return found.value;
    const offered = options.map((option) => option.label).join(', ');
    throw new Error(`"${menu.placeholder}" offers no "${one}", but ${offered}.`);
  });
};

/** A user at their client, in one place. */
export const createActor = (world: World, dispatch: Dispatch, user: User, channel: Channel): Actor => {
  const guild = world.guilds.get(channel.guildId ?? '');

  const use = async (what: Omit<Use, 'user' | 'channel'>): Promise<Interaction> => {
    const interaction = interact(world, dispatch, { user, channel, ...what });
    await acknowledgement(world, interaction);
    return interaction;
  };
  const exchange = async (what: Omit<Use, 'user' | 'channel'>): Promise<Exchange> => toExchange(world, await use(what));

  const commandData = (words: string, values: OptionValues, focused?: string) => {
    const found = findCommand(usableCommands(world, user.id, channel), words);
    const { command, options } = found;
    const { id, name, type } = command;
    const ofGuild = command.guild_id ? { guild_id: command.guild_id } : {};
    const { sent, files } = upload(world, values);
    const resolved = focused ? {} : resolvedForOptions(world, guild, options, sent, files);
    const data = {
      id,
      name,
      type,
      ...ofGuild,
      options: optionsJson(found, sent, focused),
      ...resolved,
    };
    return { data, options, name };
  };

  /** What a command of a menu is about is its target, and is told in `resolved` (page "Application Commands"). */
  const chooseInMenu = (type: ApplicationCommandType, wanted: string, targetId: string, resolved: Json) => {
    const { id, name, guild_id } = findInMenu(usableCommands(world, user.id, channel), type, wanted);
    const data = { id, name, type, ...(guild_id ? { guild_id } : {}), target_id: targetId, resolved };
    return exchange({ type: InteractionType.ApplicationCommand, data, command: name });
  };

  /** The stored message, if this user can see it here now. */
  const visible = ({ id, text }: Message): StoredMessage => {
    const found = visibleTo(world, user.id, channel.id).find((one) => one.id === id);
    if (found) return found;
    throw new Error(`${user.name} can't see this message here (or it is gone):\n${text}`);
  };

  const componentUse = (message: StoredMessage, customId: string, values?: string[]) => {
    const component = flatten(message.components).find((one) => one.custom_id === customId);
    const type = component?.type ?? ComponentType.Button;
    const chosen = values ? { values, ...resolvedForMenus(world, guild, [[type, values]]) } : {};
    const data = { id: component?.id ?? 0, custom_id: customId, component_type: type, ...chosen };
    return { type: InteractionType.MessageComponent, data, pressed: message };
  };
  const useComponent = (...[message, customId, values]: Parameters<typeof componentUse>) =>
    exchange(componentUse(message, customId, values));

  return {
    user,
    run: async (words, values = {}, { unchecked = false } = {}) => {
      const { data, options, name } = commandData(words, values);
      if (!unchecked) checkOptions(options, values);
      return exchange({ type: InteractionType.ApplicationCommand, data, command: name });
    },
    chooseFor: async (target, wanted) =>
      chooseInMenu(ApplicationCommandType.User, wanted, target.id, resolvedUser(world, guild, target.id)),
    chooseOn: async (message, wanted) => {
      const stored = visible(message);
      const resolved = { messages: { [stored.id]: messageJson(world, stored) } };
      return chooseInMenu(ApplicationCommandType.Message, wanted, stored.id, resolved);
    },
    complete: async (words, values, focused) => {
      const typed = { ...values, [focused]: values[focused] ?? '' };
      const { data, options } = commandData(words, typed, focused);
      if (!options.some((one) => one.name === focused && one.autocomplete))
        throw new Error(`/${words} has no option ${focused} that completes.`);
      const type = InteractionType.ApplicationCommandAutocomplete;
      const { acknowledged, choices } = await use({ type, data });
      if (acknowledged === 'none') throw new Error('Loading options failed: no answer in 3 seconds.');
      return choices;
    },
    press: async (message, wanted, { forged = false } = {}) => {
      const stored = visible(message);
      if (forged) return useComponent(stored, wanted);
      return useComponent(stored, pickButton(stored, wanted).customId ?? '');
    },
    choose: async (message, wanted, values) => {
      const stored = visible(message);
      const menu = pickMenu(stored, wanted);
      return useComponent(stored, menu.customId, pickValues(menu, values));
    },
    submit: async ({ token }, values) => {
      const opened = world.interactions.get(token);
      if (!opened?.modal) throw new Error('This exchange opened no modal.');
      if (opened.userId !== user.id) throw new Error(`This modal is not ${user.name}'s.`);
      const data = fillModal(opened.modal, values, (answers) => resolvedForMenus(world, guild, answers));
      const { pressed } = opened;
      return exchange({ type: InteractionType.ModalSubmit, data, pressed, opener: opened });
    },
    sees: () => visibleTo(world, user.id, channel.id),
    send: {
      run: (words, values = {}, focused) => {
        const { data, name } = commandData(words, values, focused);
        const { ApplicationCommand, ApplicationCommandAutocomplete } = InteractionType;
        const type = focused ? ApplicationCommandAutocomplete : ApplicationCommand;
        return interact(world, dispatch, { user, channel, type, data, command: name });
      },
      press: (message, customId) => {
        const stored = world.messages.get(message.id);
        if (!stored) throw new Error(`The message is gone:\n${message.text}`);
        return interact(world, dispatch, { user, channel, ...componentUse(stored, customId) });
      },
    },
  };
};
