import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import { definitionsOf } from '../src/discord/index.ts';
import type { App } from './app.ts';
import { createCommands } from './index.ts';

/** A use case that is not there, and what would be in it. */
const nothing: unknown = new Proxy(() => nothing, { get: () => nothing });

/** What Discord is told of the commands, for who only compares: nothing stands behind them. */
export const commandDefinitions = (): RESTPostAPIApplicationCommandsJSONBody[] =>
  definitionsOf(createCommands(nothing as App));
