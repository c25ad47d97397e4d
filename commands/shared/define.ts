import { SlashCommandBuilder, SlashCommandSubcommandBuilder } from '@discordjs/builders';
import { PermissionFlagsBits } from 'discord.js';
import type { Command, InteractionContext, Options } from '../../src/discord/index.ts';
import type { View } from '../../src/views/index.ts';
import type { Option, RequiredOption } from './option.ts';

/** The options of a command by name, in the order in which Discord shows them. */
type Asked = Readonly<Record<string, Option>>;
type ValueOf<Of> = Of extends Option<infer Value> ? Value : never;
type RequiredIn<Of> = {
  [Name in keyof Of]: Of[Name] extends RequiredOption<unknown> ? Name : never;
}[keyof Of];

/** What somebody gave of these options. One that is not required is missing where they left it out. */
export type Given<Of extends Asked> = {
  readonly [Name in RequiredIn<Of>]: ValueOf<Of[Name]>;
} & { readonly [Name in Exclude<keyof Of, RequiredIn<Of>>]?: ValueOf<Of[Name]> };

interface CommandWords<Name = string> {
  readonly name: string;
  readonly description: string;
  /** What people read of each option. */
  readonly options?: Readonly<Record<Name & string, string>>;
}

type Handlers = Pick<Command, 'presses' | 'submits'>;
type More = Required<Handlers> & Pick<Command, 'menus'>;

/** What a command takes and does, and what its buttons, menus and modals do, by verb. */
interface Spec<Of extends Asked> extends Handlers {
  readonly options?: Of;
  /** Discord shows it to people with Manage Server only. Whether they are admins is checked when they use it. */
  readonly isForManagers?: true;
  /** How often its answer asks CardPlusPay, about; not at all, without it. */
  readonly vendorCalls?: number;
  /** See `PressHandler`. */
  readonly reads?: boolean;
  run(moment: InteractionContext, given: Given<Of>): Promise<View | undefined>;
}

export interface Subcommand extends Omit<Command, 'definition' | 'acknowledge'> {
  readonly builder: SlashCommandSubcommandBuilder;
}

type NoOptions = Record<never, Option>;

/** A command, whose answer its asker alone sees. `words`: what Discord shows of it. */
export function command<Of extends Asked = NoOptions>(
  words: CommandWords<NoInfer<keyof Of>>,
  { isForManagers, ...spec }: Spec<Of>,
): Command {
  const builder = describe(new SlashCommandBuilder(), words, spec.options);
  if (isForManagers) builder.setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild);
  return { definition: builder.toJSON(), acknowledge: 'ephemeral', ...handlersOf(spec) };
}

/** One of the subcommands of a `commandOf`. */
export function subcommand<Of extends Asked = NoOptions>(
  words: CommandWords<NoInfer<keyof Of>>,
  spec: Spec<Of>,
): Subcommand {
  const builder = describe(new SlashCommandSubcommandBuilder(), words, spec.options);
  return { builder, ...handlersOf(spec) };
}

/** A command that is only there for its subcommands. `more`: what else stands on their messages, and in menus. */
export function commandOf(
  { name, description }: CommandWords,
  subcommands: readonly Subcommand[],
  more: More,
): Command {
  const definition = new SlashCommandBuilder().setName(name).setDescription(description);
  for (const { builder } of subcommands) definition.addSubcommand(builder);
  const named = (sent: Options) => subcommands.find(({ builder }) => builder.name === sent.subcommand);
  const all = <Key extends 'presses' | 'submits' | 'complete'>(key: Key): Subcommand[Key] =>
    Object.assign({}, ...subcommands.map((each) => each[key]));
  return {
    definition: definition.toJSON(),
    acknowledge: 'ephemeral',
    vendorCalls: (sent) => named(sent)?.vendorCalls?.(sent) ?? 0,
    reads: (sent) => named(sent)?.reads?.(sent) ?? false,
    async run(moment, sent) {
      const chosen = named(sent);
      if (!chosen) throw new Error(`/${name} has no ${sent.subcommand}`);
      return chosen.run(moment, sent);
    },
    complete: { ...all('complete') },
    menus: more.menus ?? [],
    presses: { ...more.presses, ...all('presses') },
    submits: { ...more.submits, ...all('submits') },
  };
}

function describe<Builder extends SlashCommandBuilder | SlashCommandSubcommandBuilder>(
  builder: Builder,
  { name, description, options: texts }: CommandWords,
  asked: Asked = {},
): Builder {
  builder.setName(name).setDescription(description);
  for (const [option, { build, isRequired = false }] of Object.entries(asked)) {
    const built = build().setName(option).setRequired(isRequired);
    builder.options.push(built.setDescription(texts?.[option] ?? ''));
  }
  return builder;
}

function handlersOf<Of extends Asked>({ options, run, vendorCalls = 0, reads = false, ...handlers }: Spec<Of>) {
  const asked = Object.entries<Option>(options ?? {});
  const read = (sent: Options) =>
    Object.fromEntries(
      asked
        .filter(([name, { isRequired }]) => isRequired || sent[name] !== undefined)
        .map(([name, option]) => [name, option.read(sent[name])]),
    ) as Given<Of>;
  const complete = asked.flatMap(([name, option]) => (option.complete ? [[name, option.complete] as const] : []));
  return {
    ...handlers,
    vendorCalls: () => vendorCalls,
    reads: () => reads,
    run: (moment: InteractionContext, sent: Options) => run(moment, read(sent)),
    complete: Object.fromEntries(complete),
  };
}
