import type {
  AnySelectMenuInteraction,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import { Problem } from '../../lib/index.ts';
import { parseButtonId, type View } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { calling } from '../errors.ts';
import { askerByRest, askerIn } from '../members.ts';
import {
  type Answerable,
  acknowledge,
  chosenIn,
  createInteractionContext,
  optionsOf,
  replyWithError,
  submittedBy,
} from './context.ts';
import {
  type Acknowledgement,
  type Asker,
  type Choice,
  type Command,
  type Handlers,
  type InteractionContext,
  indexHandlers,
  type ModalOpener,
} from './handler.ts';

interface RouterContext extends DiscordContext {
  readonly handlers: Handlers;
}
type Work = (moment: InteractionContext) => Promise<View | undefined>;
type GuildOf = () => Promise<string | undefined>;

/** Takes every interaction to its handler: acknowledged first, allowed second, and every error put into words. */
export function createRouter(ctx: DiscordContext, commands: readonly Command[]) {
  const routing = { ...ctx, handlers: indexHandlers(commands) };
  const taken = new Set<Promise<void>>();
  return {
    route(interaction: Interaction): void {
      const answered = take(routing, interaction).finally(() => taken.delete(answered));
      taken.add(answered);
    },
    /** Resolves when every interaction that was taken has its answer. */
    async settled(): Promise<void> {
      await Promise.all(taken);
    },
  };
}

async function take(ctx: RouterContext, interaction: Interaction): Promise<void> {
  try {
    if (interaction.isChatInputCommand()) await run(ctx, interaction);
    else if (interaction.isAutocomplete()) await complete(ctx, interaction);
    else if (interaction.isMessageComponent()) await press(ctx, interaction);
    else if (interaction.isModalSubmit()) await submit(ctx, interaction);
  } catch (error) {
    // Discord did not take the acknowledgement or the bad news: there is nobody left to tell.
    ctx.log.warn({ err: error }, 'an interaction could not be answered');
  }
}

function run(ctx: RouterContext, interaction: ChatInputCommandInteraction): Promise<void> {
  const command = ctx.handlers.commands.get(interaction.commandName);
  if (!command) return answer(ctx, interaction, 'ephemeral', refuse);
  return answer(ctx, interaction, command.acknowledge, (moment) => command.run(moment, optionsOf(interaction)));
}

async function complete({ handlers, guilds }: RouterContext, interaction: AutocompleteInteraction) {
  const { guildId, commandName } = interaction;
  const { name, value } = interaction.options.getFocused(true);
  const completer = handlers.commands.get(commandName)?.complete?.[name];
  const isAllowed = guildId !== null && guilds.includes(guildId);
  const choices: Choice[] = completer && isAllowed ? completer(value) : [];
  await calling(interaction.respond(choices.filter((choice) => choice.value.length <= 100)));
}

async function press(ctx: RouterContext, interaction: MessageComponentInteraction): Promise<void> {
  if (!interaction.isButton() && !interaction.isAnySelectMenu()) return;
  const { verb, argument } = parseButtonId(interaction.customId);
  const handler = ctx.handlers.presses.get(verb);
  if (!handler) return answer(ctx, interaction, 'ephemeral', refuse);
  if (handler.acknowledge === 'modal') return open(ctx, interaction, handler, argument);
  const chosen = chosenIn(interaction);
  const work: Work = (moment) => handler.press(moment, argument, chosen);
  const guildOf = async () => handler.guildOf?.(argument);
  await answer(ctx, interaction, handler.acknowledge, work, guildOf);
}

async function open(
  ctx: RouterContext,
  interaction: ButtonInteraction | AnySelectMenuInteraction,
  { open: modalFor, ...opener }: ModalOpener,
  argument: string,
): Promise<void> {
  const { locale } = interaction;
  const guildOf = async () => opener.guildOf?.(argument);
  const ready = async () => {
    const asker = await askerOf(ctx, interaction, guildOf);
    const facts = { asker, locale, words: ctx.wordsFor(locale) };
    return modalFor(facts, argument, chosenIn(interaction));
  };
  const opened = await ready().then(
    (modal) => ({ modal }),
    (error: unknown) => ({ error }),
  );
  if ('modal' in opened) return calling(interaction.showModal(opened.modal));
  await answer(ctx, interaction, 'ephemeral', () => Promise.reject(opened.error), guildOf);
}

function submit(ctx: RouterContext, interaction: ModalSubmitInteraction): Promise<void> {
  const { verb, argument } = parseButtonId(interaction.customId);
  const handler = ctx.handlers.submits.get(verb);
  if (!handler) return answer(ctx, interaction, 'ephemeral', refuse);
  const { fields, picked } = submittedBy(interaction);
  const work: Work = (moment) => handler.submit(moment, argument, fields, picked);
  const guildOf = async () => handler.guildOf?.(argument);
  return answer(ctx, interaction, handler.acknowledge, work, guildOf);
}

const refuse: Work = async () => {
  throw new Problem('button_unknown', {});
};

async function answer(
  ctx: RouterContext,
  interaction: Answerable,
  wanted: Acknowledgement,
  work: Work,
  guildOf?: GuildOf,
): Promise<void> {
  const how = await acknowledge(interaction, wanted);
  const nobody = { user: interaction.user.id, guild: '', isManager: false, roles: [] };
  let moment = createInteractionContext(ctx, interaction, nobody);
  try {
    const asker = await askerOf(ctx, interaction, guildOf);
    moment = createInteractionContext(ctx, interaction, asker);
    const view = await work(moment);
    if (view) await moment.show(view);
  } catch (error) {
    await replyWithError(ctx, error, moment, how);
  }
}

async function askerOf(
  { client, guilds, ownerGuild }: RouterContext,
  interaction: Answerable,
  guildOf?: GuildOf,
): Promise<Asker> {
  const guild = interaction.guildId ?? (await guildOf?.());
  if (guild === undefined || !guilds.includes(guild)) throw new Problem('guild_not_allowed', {});
  const asker =
    interaction.guildId === null ? await askerByRest(client, guild, interaction.user.id) : askerIn(guild, interaction);
  return { ...asker, isAdmin: asker.isManager && guild === ownerGuild };
}
