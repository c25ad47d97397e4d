import {
  type AnySelectMenuInteraction,
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Words } from '../../i18n/index.ts';
import { Problem } from '../../lib/index.ts';
import { incidentView, parseButtonId, problemView, type View } from '../../views/index.ts';
import { calling, DiscordFailure } from '../errors.ts';
import { askerIn } from '../members.ts';
import { type Answerable, acknowledge, createMoment, type Means } from './context.ts';
import type {
  Acknowledgement,
  Asker,
  Choice,
  Command,
  Fields,
  ModalOpener,
  Moment,
  Options,
  Picked,
  PressHandler,
  SubmitHandler,
} from './handler.ts';

interface Parts extends ExplainParts, Means {
  commands: readonly Command[];
  isAllowed(guild: string): boolean;
  /** The guild whose managers decide about what concerns the whole account. */
  ownerGuild: string;
  /** The presser of a button in a direct message, in that guild. */
  askerByRest(guild: string, user: string): Promise<Asker>;
  wordsFor(locale: string): Words;
}

type Work = (moment: Moment) => Promise<View | undefined>;

type Pressable = ButtonInteraction | AnySelectMenuInteraction;

export interface Router {
  route(interaction: Interaction): void;
  /** Resolves when every interaction that was taken has its answer. */
  settled(): Promise<void>;
}

/** Takes every interaction to its handler: acknowledged first, allowed second, and every error put into words. */
export function createRouter(parts: Parts): Router {
  const { wordsFor, log } = parts;
  const explain = createExplain(parts);
  const { commands, presses, submits } = indexHandlers(parts.commands);

  async function askerOf(
    interaction: Answerable,
    guildOf?: () => Promise<string | undefined>,
  ): Promise<Asker> {
    const guild = interaction.guildId ?? (await guildOf?.());
    if (guild === undefined || !parts.isAllowed(guild)) throw new Problem('guild_not_allowed', {});
    const asker =
      interaction.guildId === null
        ? await parts.askerByRest(guild, interaction.user.id)
        : askerIn(guild, interaction);
    return { ...asker, isAdmin: asker.isManager && guild === parts.ownerGuild };
  }

  async function answer(
    interaction: Answerable,
    wanted: Acknowledgement,
    work: Work,
    guildOf?: () => Promise<string | undefined>,
  ): Promise<void> {
    const how = await acknowledge(interaction, wanted);
    const words = wordsFor(interaction.locale);
    const nobody = { user: interaction.user.id, guild: '', isManager: false, roles: [] };
    let moment = createMoment(interaction, nobody, words, parts);
    try {
      const asker = await askerOf(interaction, guildOf);
      moment = createMoment(interaction, asker, words, parts);
      const view = await work(moment);
      if (view) await moment.show(view);
    } catch (error) {
      await explain(error, moment, how);
    }
  }

  const refuse: Work = async () => {
    throw new Problem('button_unknown', {});
  };

  function run(interaction: ChatInputCommandInteraction): Promise<void> {
    const command = commands.get(interaction.commandName);
    if (!command) return answer(interaction, 'ephemeral', refuse);
    return answer(interaction, command.acknowledge, (moment) =>
      command.run(moment, optionsOf(interaction)),
    );
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    const { guildId, commandName } = interaction;
    const { name, value } = interaction.options.getFocused(true);
    const completer = commands.get(commandName)?.complete?.[name];
    const isAllowed = guildId !== null && parts.isAllowed(guildId);
    const choices: Choice[] = completer && isAllowed ? completer(value) : [];
    await calling(interaction.respond(choices.filter((choice) => choice.value.length <= 100)));
  }

  async function open(
    interaction: Pressable,
    { open: modalFor, ...opener }: ModalOpener,
    argument: string,
  ): Promise<void> {
    const { locale } = interaction;
    const guildOf = async () => opener.guildOf?.(argument);
    const ready = async () => {
      const facts = { asker: await askerOf(interaction, guildOf), locale, words: wordsFor(locale) };
      return modalFor(facts, argument, chosenIn(interaction));
    };
    const opened = await ready().then(
      (modal) => ({ modal }),
      (error: unknown) => ({ error }),
    );
    if ('modal' in opened) return calling(interaction.showModal(opened.modal));
    await answer(interaction, 'ephemeral', () => Promise.reject(opened.error), guildOf);
  }

  async function press(interaction: MessageComponentInteraction): Promise<void> {
    if (!interaction.isButton() && !interaction.isAnySelectMenu()) return;
    const { verb, argument } = parseButtonId(interaction.customId);
    const handler = presses.get(verb);
    if (!handler) return answer(interaction, 'ephemeral', refuse);
    const chosen = chosenIn(interaction);
    if (handler.acknowledge === 'modal') return open(interaction, handler, argument);
    const work: Work = (moment) => handler.press(moment, argument, chosen);
    await answer(interaction, handler.acknowledge, work, async () => handler.guildOf?.(argument));
  }

  function submit(interaction: ModalSubmitInteraction): Promise<void> {
    const { verb, argument } = parseButtonId(interaction.customId);
    const handler = submits.get(verb);
    if (!handler) return answer(interaction, 'ephemeral', refuse);
    const { fields, picked } = contentOf(interaction);
    const work: Work = (moment) => handler.submit(moment, argument, fields, picked);
    return answer(interaction, handler.acknowledge, work, async () => handler.guildOf?.(argument));
  }

  async function route(interaction: Interaction): Promise<void> {
    if (interaction.isChatInputCommand()) await run(interaction);
    else if (interaction.isAutocomplete()) await complete(interaction);
    else if (interaction.isMessageComponent()) await press(interaction);
    else if (interaction.isModalSubmit()) await submit(interaction);
  }

  async function take(interaction: Interaction): Promise<void> {
    try {
      await route(interaction);
    } catch (error) {
      // Discord did not take the acknowledgement or the bad news: there is nobody left to tell.
      log.warn({ err: error }, 'an interaction could not be answered');
    }
  }

  const taken = new Set<Promise<void>>();
  return {
    route(interaction) {
      const answered = take(interaction).finally(() => taken.delete(answered));
      taken.add(answered);
    },
    async settled() {
      await Promise.all(taken);
    },
  };
}

/** Every handler by the name Discord calls it with: commands by name, presses and modals by verb. */
export interface Handlers {
  readonly commands: ReadonlyMap<string, Command>;
  readonly presses: ReadonlyMap<string, PressHandler | ModalOpener>;
  readonly submits: ReadonlyMap<string, SubmitHandler>;
}

/** Throws when two commands lay claim to the same name or verb. */
export function indexHandlers(commands: readonly Command[]): Handlers {
  const entries = <T>(pick: (command: Command) => Readonly<Record<string, T>> | undefined) =>
    commands.flatMap((command) => Object.entries(pick(command) ?? {}));
  return {
    commands: unique(commands.map((command) => [command.definition.name, command])),
    presses: unique(entries((command) => command.presses)),
    submits: unique(entries((command) => command.submits)),
  };
}

function unique<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const map = new Map(entries);
  if (map.size < entries.length) {
    const names = entries.map(([name]) => name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    throw new Error(`two commands claim: ${twice.join(', ')}`);
  }
  return map;
}

type Option = ChatInputCommandInteraction['options']['data'][number];

/** What came with a command. People, roles, channels and files are their ids; the name of a subcommand is `subcommand`. */
export function optionsOf({ options }: ChatInputCommandInteraction): Options {
  const subcommand = options.getSubcommand(false);
  const given = options.data.flatMap(leaves).map(({ name, value }) => [name, value]);
  return { ...(subcommand !== null && { subcommand }), ...Object.fromEntries(given) };
}

/** The options inside a subcommand, itself perhaps inside a group. */
function leaves(option: Option): readonly Option[] {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  const isOuter = option.type === Subcommand || option.type === SubcommandGroup;
  return isOuter ? (option.options ?? []).flatMap(leaves) : [option];
}

/** All that was picked in a menu; nothing, for a button. */
export function chosenIn(
  interaction: ButtonInteraction | AnySelectMenuInteraction,
): readonly string[] {
  return interaction.isButton() ? [] : interaction.values;
}

/** What came with a modal: its texts, and what was picked in its menus. */
export function contentOf(interaction: ModalSubmitInteraction): { fields: Fields; picked: Picked } {
  const fields: Record<string, string> = {};
  const picked: Record<string, readonly string[]> = {};
  for (const field of interaction.fields.fields.values()) {
    if ('values' in field) picked[field.customId] = field.values;
    else fields[field.customId] = String(field.value ?? '');
  }
  return { fields, picked };
}

export interface ExplainParts {
  newIncidentId(): string;
  log: {
    debug(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
}

/** The one place where an error becomes words for the person it stopped. */
export function createExplain({ newIncidentId, log }: ExplainParts) {
  function errorView(error: unknown, words: Words): View {
    if (error instanceof Problem) return problemView(error, words);
    const incident = newIncidentId();
    log.error({ err: error, incident }, 'a handler failed');
    return incidentView(incident, words);
  }

  return async (error: unknown, moment: Moment, how: Acknowledgement): Promise<void> => {
    if (error instanceof DiscordFailure && error.kind === 'gone') {
      log.debug({ err: error }, 'nobody looks at this answer any more');
      return;
    }
    const view = errorView(error, moment.words);
    // What an update would overwrite may still be true, so the bad news gets a message of its own.
    await (how === 'update' ? moment.add(view) : moment.show(view));
  };
}
