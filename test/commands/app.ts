import type { App } from '../../commands/app.ts';
import { createCommands } from '../../commands/index.ts';
import {
  type Choice,
  type Command,
  type InteractionContext,
  indexHandlers,
  type PressHandler,
} from '../../src/discord/interactions/handler.ts';
import { en } from '../../src/i18n/en.ts';
import type { View } from '../../src/views/kit/message.ts';
import { ALICE, AT } from '../views/samples.ts';
import { seen } from '../views/seen.ts';

/** Only what a test's path needs; anything else is an error that says so. */
export function createApp(parts: { [Part in keyof App]?: Partial<App[Part]> } = {}): App {
  const campaigns = { ...parts.campaigns };
  const orders = { ...parts.orders };
  return { now: () => AT, ...parts, campaigns, orders } as unknown as App;
}

export function commandNamed(name: string, app: App): Command {
  const found = indexHandlers(createCommands(app)).commands.get(name);
  if (!found) throw new Error(`there is no /${name}`);
  return found;
}

/** What an option of a command offers to Alice. */
export async function completed(command: Command, option: string, typed: string): Promise<readonly Choice[]> {
  const typist = { user: ALICE, guild: '300000000000000001', words: en };
  return (await command.complete?.[option]?.(typed, typist)) ?? [];
}

export function pressOf(verb: string, app: App): PressHandler {
  const found = indexHandlers(createCommands(app)).presses.get(verb);
  if (!found || found.acknowledge === 'modal') throw new Error(`nothing presses ${verb}`);
  return found;
}

/** A moment of Alice's, and what was shown in it, in order. */
export function createMoment(more: Partial<InteractionContext> = {}) {
  const shown: string[] = [];
  const followed: string[] = [];
  const show = async (view: View) => void shown.push(seen(view));
  const moment: InteractionContext = {
    asker: { user: ALICE, guild: '300000000000000001', isManager: true, roles: [] },
    channel: '400000000000000001',
    locale: 'en-US',
    words: en,
    guideOf: () => undefined,
    mayWrite: () => true,
    mayRead: () => true,
    show,
    showMeanwhile: async (view) => {
      await show(view);
      return true;
    },
    hand: show,
    add: show,
    attachment: async () => undefined,
    follow: async (order) => void followed.push(order),
    ...more,
  };
  return { moment, shown, followed };
}
