import type {
  AnySelectMenuInteraction,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ContextMenuCommandInteraction,
  Interaction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import { Problem } from '../../lib/index.ts';
import { parseButtonId } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { calling } from '../errors.ts';
import { type AnsweringContext, answer, askerOf, type GuildOf, type Task } from './answer.ts';
import { createArrivals } from './arrival.ts';
import { chosenIn, optionsOf, submittedBy, targetOf } from './context.ts';
import {
  type Command,
  type Handlers,
  indexHandlers,
  type ModalOpener,
  type OpenerFacts,
  type PressHandler,
} from './handler.ts';
import { type Arrived, createMeasure } from './measure.ts';
import { createPace } from './pace.ts';
import { createTurns } from './turns.ts';

/** About five milliseconds of work. */
const BEGIN_AT_ONCE = 8;

interface RouterContext extends AnsweringContext {
  readonly handlers: Handlers;
}

/** Takes every interaction to its handler. `arrivals`: what tells how old they are. */
export function createRouter(ctx: DiscordContext, commands: readonly Command[], arrivals = createArrivals()) {
  const taken = new Set<Promise<void>>();
  const answering = { pace: createPace(ctx.clock), arrivals, turn: createTurns(BEGIN_AT_ONCE) };
  const handlers = indexHandlers(commands);
  const measure = createMeasure(ctx.metrics, handlers);
  const routing = { ...ctx, ...answering, handlers };
  return {
    route(interaction: Interaction): void {
      const ageMs = arrivals.ageOf(interaction);
      // Nobody waits for it any more, and it would only hold up those that somebody waits for.
      if (arrivals.isTooLate(ageMs)) {
        ctx.health.cameLate(ageMs);
        measure.cameLate(interaction);
        return;
      }
      const answered = take(routing, interaction, measure.begin(interaction, ageMs)).finally(() =>
        taken.delete(answered),
      );
      taken.add(answered);
    },
    /** Resolves when every interaction that was taken has its answer. */
    async settled(): Promise<void> {
      await Promise.all(taken);
    },
    /** Discord takes none of its answers of late. */
    areLost: measure.areLost,
  };
}

async function take(ctx: RouterContext, interaction: Interaction, arrived: Arrived): Promise<void> {
  try {
    if (interaction.isChatInputCommand()) await answer(ctx, interaction, arrived, commandTask(ctx, interaction));
    else if (interaction.isAutocomplete()) await complete(ctx, interaction, arrived);
    else if (interaction.isContextMenuCommand()) await openMenu(ctx, interaction, arrived);
    else if (interaction.isMessageComponent()) await press(ctx, interaction, arrived);
    else if (interaction.isModalSubmit()) await answer(ctx, interaction, arrived, submitTask(ctx, interaction));
  } catch (error) {
    // Discord did not take the acknowledgement or the bad news: there is nobody left to tell.
    ctx.log.warn({ err: error }, 'an interaction could not be answered');
    arrived.ended('lost');
  }
}

/** Of what there is no handler. */
const unknown: Task = {
  acknowledge: 'ephemeral',
  reads: true,
  work: () => Promise.reject(new Problem('button_unknown', {})),
};

function commandTask({ handlers }: RouterContext, interaction: ChatInputCommandInteraction): Task {
  const command = handlers.commands.get(interaction.commandName);
  if (!command) return unknown;
  const options = optionsOf(interaction);
  return {
    acknowledge: command.acknowledge,
    reads: command.reads?.(options),
    vendorCalls: command.vendorCalls?.(options),
    work: (moment) => command.run(moment, options),
  };
}

async function complete(
  { handlers, guilds, wordsFor }: RouterContext,
  interaction: AutocompleteInteraction,
  arrived: Arrived,
) {
  const { guildId: guild, commandName, locale } = interaction;
  const { name, value } = interaction.options.getFocused(true);
  const completer = handlers.commands.get(commandName)?.complete?.[name];
  const isAllowed = guild !== null && guilds.includes(guild);
  const who = { user: interaction.user.id, guild: guild ?? '', words: wordsFor(locale) };
  const choices = completer && isAllowed ? await completer(value, who) : [];
  await calling(interaction.respond(choices.filter((choice) => choice.value.length <= 100)));
  arrived.acknowledged();
  arrived.ended('answered');
}

async function press(ctx: RouterContext, interaction: MessageComponentInteraction, arrived: Arrived): Promise<void> {
  if (!interaction.isButton() && !interaction.isAnySelectMenu()) return;
  const { verb, argument } = parseButtonId(interaction.customId);
  const handler = ctx.handlers.presses.get(verb);
  if (handler?.acknowledge === 'modal') {
    const chosen = chosenIn(interaction);
    const modalFor = (facts: OpenerFacts) => handler.open(facts, argument, chosen);
    return open(ctx, interaction, arrived, { modalFor, guildOf: guildOfThat(handler, argument) });
  }
  await answer(ctx, interaction, arrived, handler ? pressTask(handler, argument, chosenIn(interaction)) : unknown);
}

function pressTask(handler: PressHandler, argument: string, chosen: readonly string[]): Task {
  const { acknowledge, reads, vendorCalls } = handler;
  return {
    acknowledge,
    reads,
    vendorCalls,
    work: (moment) => handler.press(moment, argument, chosen),
    refuse: handler.refuse && (async (moment) => handler.refuse?.(moment, argument)),
    guildOf: guildOfThat(handler, argument),
  };
}

const guildOfThat = ({ guildOf }: Pick<PressHandler, 'guildOf'>, argument: string): GuildOf | undefined =>
  guildOf && (() => guildOf(argument));

async function openMenu(
  ctx: RouterContext,
  interaction: ContextMenuCommandInteraction,
  arrived: Arrived,
): Promise<void> {
  const menu = ctx.handlers.menus.get(interaction.commandName);
  if (!menu) return answer(ctx, interaction, arrived, unknown);
  await open(ctx, interaction, arrived, { modalFor: (facts) => menu.open(facts, targetOf(interaction)) });
}

interface Opening {
  modalFor(facts: OpenerFacts): ReturnType<ModalOpener['open']>;
  readonly guildOf?: GuildOf | undefined;
}

async function open(
  ctx: RouterContext,
  interaction: ButtonInteraction | AnySelectMenuInteraction | ContextMenuCommandInteraction,
  arrived: Arrived,
  { modalFor, guildOf }: Opening,
): Promise<void> {
  const { locale } = interaction;
  const ready = async () => {
    const asker = await askerOf(ctx, interaction, guildOf);
    return modalFor({ asker, locale, words: ctx.wordsFor(locale) });
  };
  const opened = await ready().then(
    (modal) => ({ modal }),
    (error: unknown) => ({ error }),
  );
  if ('modal' in opened) {
    await calling(interaction.showModal(opened.modal));
    arrived.acknowledged();
    arrived.ended('answered');
    return;
  }
  const work = () => Promise.reject(opened.error);
  await answer(ctx, interaction, arrived, { acknowledge: 'ephemeral', reads: true, work, guildOf });
}

function submitTask({ handlers }: RouterContext, interaction: ModalSubmitInteraction): Task {
  const { verb, argument } = parseButtonId(interaction.customId);
  const handler = handlers.submits.get(verb);
  if (!handler) return unknown;
  const { fields, picked } = submittedBy(interaction);
  const { acknowledge, reads, vendorCalls, isSecret } = handler;
  return {
    acknowledge,
    reads,
    vendorCalls,
    work: (moment) => handler.submit(moment, argument, fields, picked),
    guildOf: guildOfThat(handler, argument),
    // Discord has closed the form, and what stood in it is gone there.
    kept: isSecret ? undefined : Object.values(fields).filter(Boolean).join('\n'),
  };
}
