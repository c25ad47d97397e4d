import type {
  AnySelectMenuInteraction,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { Words } from '../i18n/words.ts';
import { Problem } from '../problem.ts';
import { parseButtonId } from '../views/button-id.ts';
import type { View } from '../views/view.ts';
import { createExplain, type ExplainParts } from './explain.ts';
import { calling } from './failure.ts';
import type { Acknowledgement, Asker, Choice, Command, ModalOpener, Moment } from './handler.ts';
import { indexHandlers } from './handlers.ts';
import type { Answerable, Means } from './moment.ts';
import { acknowledge, createMoment } from './moment.ts';
import { askerIn } from './permissions.ts';
import { chosenIn, contentOf, optionsOf } from './typed.ts';

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
