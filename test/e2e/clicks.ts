import type { Actor, Exchange, Message, OptionValues } from '../../sandbox/discord/start-discord.ts';

export interface Clicker {
  run(command: string, options?: OptionValues): Promise<Exchange>;
  /** The button that does this, by the start of its custom id: what is written on it may change. Of Back and Next the last. */
  press(message: Message, verb: string): Promise<Exchange>;
  choose(message: Message, verb: string, values: string[]): Promise<Exchange>;
  submit(form: Exchange, values: Record<string, string | string[]>): Promise<Exchange>;
}

/**
 * What people do until a job is done, counted as docs/ux.md says: a command that is sent, a button, a choice in a menu and a
 * form that is sent are one each, whoever of them does it.
 */
export function countClicks() {
  const clicks: string[] = [];
  const by = (actor: Actor): Clicker => ({
    run(command, options) {
      clicks.push(`/${command}`);
      return actor.run(command, options);
    },
    press(message, verb) {
      const { customId } = message.buttons.findLast((one) => one.customId?.match(`^(${verb})\\b`)) ?? {};
      if (!customId) throw new Error(`no button ${verb} on:\n${message.text}`);
      clicks.push(verb);
      return actor.press(message, customId);
    },
    choose(message, verb, values) {
      const { customId } = message.menus.find((one) => one.customId?.match(`^(${verb})\\b`)) ?? {};
      if (!customId) throw new Error(`no menu ${verb} on:\n${message.text}`);
      clicks.push(verb);
      return actor.choose(message, customId, values);
    },
    submit(form, values) {
      clicks.push('form');
      return actor.submit(form, values);
    },
  });
  return { by, clicks };
}
