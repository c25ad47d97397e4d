import { commandJson, createCommandBook, GLOBAL } from '../commands.ts';
import { refusal } from '../errors.ts';
import type { Command } from '../world.ts';
import { type Call, noContent, ok, type Route } from './route.ts';
import { guildOf } from './routes-guild.ts';

const bookOf = (scopeOf: (call: Call) => string) => (call: Call) => {
  if (call.param('application') !== call.world.bot.id) throw refusal('missingAccess');
  return createCommandBook(call.world, scopeOf(call));
};

/** What is written is answered in full; a list has its localizations only on request. */
const full = (command: Command) => commandJson(command, true);

const routesAt = (path: string, book: ReturnType<typeof bookOf>): readonly Route[] => [
  {
    method: 'GET',
    path,
    handle: (call) => {
      const localized = call.query.get('with_localizations') === 'true';
      return ok(
        book(call)
          .all()
          .map((one) => commandJson(one, localized)),
      );
    },
  },
  { method: 'PUT', path, handle: (call) => ok(book(call).overwrite(call.body).map(full)) },
  {
    method: 'POST',
    path,
    handle: (call) => {
      const { command, isNew } = book(call).create(call.body);
      return { status: isNew ? 201 : 200, body: full(command) };
    },
  },
  {
    method: 'GET',
    path: `${path}/:command`,
    handle: (call) => ok(full(book(call).find(call.param('command')))),
  },
  {
    method: 'PATCH',
    path: `${path}/:command`,
    handle: (call) => ok(full(book(call).edit(call.param('command'), call.body))),
  },
  {
    method: 'DELETE',
    path: `${path}/:command`,
    handle: (call) => {
      book(call).remove(call.param('command'));
      return noContent;
    },
  },
];

/** Registration of commands, in a guild and everywhere. */
export const commandRoutes: readonly Route[] = [
  ...routesAt(
    '/applications/:application/commands',
    bookOf(() => GLOBAL),
  ),
  ...routesAt(
    '/applications/:application/guilds/:guild/commands',
    bookOf((call) => guildOf(call).id),
  ),
];
