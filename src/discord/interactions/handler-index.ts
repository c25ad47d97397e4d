import type { Command, ModalOpener, PressHandler, SubmitHandler } from './handler.ts';

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
