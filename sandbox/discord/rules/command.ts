import { ApplicationCommandType } from 'discord-api-types/v10';
import { z } from 'zod';
import { group, localized, named, soundList, subcommand, valueOptions } from './command-options.ts';
import { complain, lengthOf, list, text } from './form.ts';

const common = {
  default_member_permissions: z.union([z.string().regex(/^\d+$/), z.number().int()]).nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z.array(z.number().int().min(0).max(2)).nullish(),
  integration_types: z.array(z.number().int().min(0).max(1)).nullish(),
  nsfw: z.boolean().nullish(),
};

const slashCommand = z.object({
  type: z.literal(ApplicationCommandType.ChatInput).default(ApplicationCommandType.ChatInput),
  ...named,
  ...common,
  options: list(z.discriminatedUnion('type', [...valueOptions, subcommand, group]), 25)
    .superRefine(soundList)
    .nullish(),
});

const contextCommand = z.object({
  type: z.union([z.literal(ApplicationCommandType.User), z.literal(ApplicationCommandType.Message)]),
  name: text(32, 1),
  name_localizations: localized(text(32, 1)).nullish(),
  description: text(0)
    .nullish()
    .transform(() => ''),
  ...common,
});

type SlashCommand = z.output<typeof slashCommand>;
export type CommandBody = SlashCommand | z.output<typeof contextCommand>;

/** Everything a command says, in its longest language, may come to 8000 characters. */
const wordsIn = (part: unknown): number => {
  if (Array.isArray(part)) return part.reduce<number>((sum, one) => sum + wordsIn(one), 0);
  if (part === null || typeof part !== 'object') return 0;
  return Object.entries(part).reduce((sum, [key, inner]) => {
    const counts = key === 'name' || key === 'description' || key === 'value';
    return sum + (counts && typeof inner === 'string' ? lengthOf(inner) : wordsIn(inner));
  }, 0);
};

const isContext = z.looseObject({ type: z.union([z.literal(2), z.literal(3)]) });

export const commandRules = (body: unknown): z.ZodType<CommandBody> => {
  if (isContext.safeParse(body).success) return contextCommand;
  return slashCommand.superRefine((command, context) => {
    const { name, description, options } = command;
    if (wordsIn({ name, description, options }) > 8000)
      complain(context, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
  });
};
