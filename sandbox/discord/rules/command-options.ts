import { ApplicationCommandOptionType as Kind, Locale } from 'discord-api-types/v10';
import { z } from 'zod';
import { complain, list, text } from './form.ts';

// Discord's naming rule: letters of any script (those with two cases in lower case), digits, - and _.
const nameShape = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const slashName = z.string().superRefine((value, context) => {
  if (!nameShape.test(value) || value !== value.toLowerCase())
    complain(context, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
});

const locales = new Set<string>(Object.values(Locale));
export const localized = <T extends z.ZodType>(value: T) =>
  z.record(z.string(), value).superRefine((all, context) => {
    for (const key of Object.keys(all))
      if (!locales.has(key)) complain(context, 'BASE_TYPE_CHOICES', 'Not a locale that Discord knows.', [key]);
  });

export const named = {
  name: slashName,
  name_localizations: localized(slashName).nullish(),
  description: text(100, 1),
  description_localizations: localized(text(100, 1)).nullish(),
};
const value = { ...named, required: z.boolean().nullish() };

const choices = (of: z.ZodType<string | number>) =>
  list(
    z.object({
      name: text(100, 1),
      name_localizations: localized(text(100, 1)).nullish(),
      value: of,
    }),
    25,
  ).superRefine((all, context) => {
    for (const key of ['name', 'value'] as const)
      if (new Set(all.map((one) => one[key])).size < all.length)
        complain(context, 'APPLICATION_COMMAND_OPTIONS_CHOICE_ALREADY_EXISTS', `Option choice ${key} already exists`);
  });

interface Range {
  autocomplete?: boolean | null | undefined;
  choices?: unknown[] | null | undefined;
}

const completesOrChooses = (option: Range, context: z.RefinementCtx): void => {
  if (option.autocomplete && option.choices?.length)
    complain(
      context,
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_MUTUALLY_EXCLUSIVE',
      'Autocomplete and choices are mutually exclusive',
      ['autocomplete'],
    );
};

const ordered = (least: number | null | undefined, most: number | null | undefined, context: z.RefinementCtx): void => {
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    complain(context, 'APPLICATION_COMMAND_OPTIONS_INVALID_RANGE', 'The minimum is above the maximum');
};

const stringOption = z
  .object({
    type: z.literal(Kind.String),
    ...value,
    autocomplete: z.boolean().nullish(),
    min_length: z.number().int().min(0).max(6000).nullish(),
    max_length: z.number().int().min(1).max(6000).nullish(),
    choices: choices(text(100)).nullish(),
  })
  .superRefine((option, context) => {
    completesOrChooses(option, context);
    ordered(option.min_length, option.max_length, context);
  });

const numberOption = <T extends Kind.Integer | Kind.Number>(type: T) => {
  const amount = type === Kind.Integer ? z.number().int() : z.number();
  return z
    .object({
      type: z.literal(type),
      ...value,
      autocomplete: z.boolean().nullish(),
      min_value: amount.nullish(),
      max_value: amount.nullish(),
      choices: choices(amount).nullish(),
    })
    .superRefine((option, context) => {
      completesOrChooses(option, context);
      ordered(option.min_value, option.max_value, context);
    });
};

const plain = <T extends Kind>(type: T) => z.object({ type: z.literal(type), ...value });

export const valueOptions = [
  stringOption,
  numberOption(Kind.Integer),
  numberOption(Kind.Number),
  plain(Kind.Boolean),
  plain(Kind.User),
  plain(Kind.Role),
  plain(Kind.Mentionable),
  plain(Kind.Attachment),
  z.object({
    type: z.literal(Kind.Channel),
    ...value,
    channel_types: z.array(z.number().int()).nullish(),
  }),
] as const;

interface Listed {
  type: number;
  name: string;
  required?: boolean | null | undefined;
}

export const soundList = (options: readonly Listed[], context: z.RefinementCtx): void => {
  options.forEach((option, index) => {
    if (options.findIndex((other) => other.name === option.name) < index)
      complain(context, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists', [
        index,
        'name',
      ]);
    if (option.required && options.slice(0, index).some((other) => !other.required))
      complain(
        context,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
        [index],
      );
  });
  const nested = options.filter((option) => option.type <= Kind.SubcommandGroup).length;
  if (nested > 0 && nested < options.length)
    complain(
      context,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
};

export const subcommand = z.object({
  type: z.literal(Kind.Subcommand),
  ...named,
  options: list(z.discriminatedUnion('type', valueOptions), 25).superRefine(soundList).nullish(),
});

export const group = z.object({
  type: z.literal(Kind.SubcommandGroup),
  ...named,
  options: list(z.discriminatedUnion('type', [subcommand]), 25, 1).superRefine(soundList),
});
