import { ApplicationCommandType } from 'discord-api-types/v10';
import { z } from 'zod';
import { invalidField, refusal } from './errors.ts';
import type { Json } from './payloads.ts';
import { type CommandBody, commandRules } from './rules/command.ts';
import { checkForm, withoutNulls } from './rules/form.ts';
import { type Command, tellChange, type World } from './world.ts';

export const GLOBAL = 'global';
const MAX_SLASH_COMMANDS = 100;

// Discord leaves out what only repeats a default, so that what it lists is not what was sent.
const lean = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(lean);
  if (part === null || typeof part !== 'object') return part;
  const kept = Object.entries(part).filter(
    ([key, value]) =>
      !(value === false && ['required', 'autocomplete'].includes(key)) && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, lean(value)]));
};

const withoutLocalizations = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(withoutLocalizations);
  if (part === null || typeof part !== 'object') return part;
  const kept = Object.entries(part).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutLocalizations(value)]));
};

/** A command as Discord lists it. */
export const commandJson = (command: Command, withLocalizations: boolean): Json => {
  const permissions = command.default_member_permissions;
  const full = {
    name_localizations: null,
    description_localizations: null,
    ...(lean(withoutNulls(command)) as Json),
    default_member_permissions: permissions == null ? null : String(permissions),
    nsfw: command.nsfw ?? false,
  };
  return (withLocalizations ? full : withoutLocalizations(full)) as Json;
};

/** What a command says, without what Discord adds to it. */
const saidBy = (command: CommandBody | Command): string =>
  JSON.stringify({
    ...command,
    ...{ id: undefined, application_id: undefined, version: undefined, guild_id: undefined },
  });

const toCommand = (world: World, scope: string, body: CommandBody, old?: Command): Command => ({
  ...body,
  id: old?.id ?? world.nextId(),
  application_id: world.bot.id,
  version: old && saidBy(old) === saidBy(body) ? old.version : world.nextId(),
  ...(scope === GLOBAL ? {} : { guild_id: scope }),
});

const isSame = (a: CommandBody, b: CommandBody): boolean => a.name === b.name && a.type === b.type;

/** Commands of a guild, or global ones: what is registered and how it changes. */
export const createCommandBook = (world: World, scope: string) => {
  const all = (): Command[] => world.commands.get(scope) ?? [];

  const write = (next: Command[]): void => {
    const slash = next.filter((one) => one.type === ApplicationCommandType.ChatInput);
    if (slash.length > MAX_SLASH_COMMANDS) throw refusal('tooManyCommands');
    world.commands.set(scope, next);
    world.commandWrites += 1;
    tellChange(world, { kind: 'commands' });
  };

  const find = (id: string): Command => {
    const found = all().find((one) => one.id === id);
    if (!found) throw refusal('unknownCommand');
    return found;
  };

  const overwrite = (bodies: unknown): Command[] => {
    const list = checkForm(z.array(z.unknown()), bodies);
    const parsed = list.map((body, index) => checkForm(commandRules(body), body, [index]));
    parsed.forEach((body, index) => {
      if (parsed.findIndex((other) => isSame(other, body)) < index)
        throw invalidField(
          [index, 'name'],
          'APPLICATION_COMMANDS_DUPLICATE_NAME',
          'Application command names must be unique',
        );
    });
    write(
      parsed.map((body) =>
        toCommand(
          world,
          scope,
          body,
          all().find((one) => isSame(one, body)),
        ),
      ),
    );
    return all();
  };

  /** A name that exists is replaced, as Discord does. */
  const create = (body: unknown): { command: Command; isNew: boolean } => {
    const parsed = checkForm(commandRules(body), body);
    const old = all().find((one) => isSame(one, parsed));
    const command = toCommand(world, scope, parsed, old);
    write([...all().filter((one) => one !== old), command]);
    return { command, isNew: !old };
  };

  const edit = (id: string, changes: unknown): Command => {
    const old = find(id);
    const merged = { ...old, ...checkForm(z.looseObject({}), changes) };
    const command = toCommand(world, scope, checkForm(commandRules(merged), merged), old);
    write(all().map((one) => (one === old ? command : one)));
    return command;
  };

  const remove = (id: string): void => {
    const old = find(id);
    write(all().filter((one) => one !== old));
  };

  return { all, find, overwrite, create, edit, remove };
};
