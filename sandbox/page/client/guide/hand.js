/** @import { Component } from '../../contract.ts' */
/** @import { App } from '../app.js' */

/** @typedef {ReturnType<typeof createHand>} Hand */

const PATIENCE_MS = 20_000;
const LOOK_MS = 60;

/** @param {Component} part @returns {Component[]} */
const within = (part) => [
  part,
  ...[...(part.components ?? []), part.component, part.accessory].flatMap((one) => (one ? within(one) : [])),
];

/** The newest message here with a button that does this, and that button. @param {App} app @param {string} verb */
export function buttonHere(app, verb) {
  const messages = app.state.view?.messages[app.place()] ?? [];
  for (const message of [...messages].reverse()) {
    const parts = message.components.flatMap(within);
    const button = parts.find(({ type, custom_id, disabled }) => {
      return type === 2 && !disabled && custom_id?.match(`^(${verb})`);
    });
    if (button?.custom_id) return { message: message.id, customId: button.custom_id };
  }
  return undefined;
}

/** Does at the page what a person would, in their order, each once the one before can be seen. @param {App} app */
export function createHand(app) {
  /** @template T @param {() => T | undefined | false} look @param {string} what @returns {Promise<T>} */
  async function see(look, what) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = look();
      if (seen) return seen;
      if (Date.now() > end) throw new Error(`${what} did not show up. Try again, or start over.`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
  const hand = {
    see,
    /** @param {string} name @param {string} room Empty: their direct messages. */
    async be(name, room = 'general') {
      const person = app.state.people.find((one) => one.name === name);
      if (!person) throw new Error(`${name} is not here.`);
      const isNew = app.state.me !== person.id;
      app.does.be(person.id);
      // What they saw last is shown until their view is here.
      const last = isNew ? app.state.view : null;
      const view = await see(() => {
        const now = app.state.view;
        return now?.me === person.id && now !== last ? now : undefined;
      }, name);
      const channels = view.guilds.flatMap((guild) => guild.channels);
      const place = room === '' ? view.dms[0] : channels.find((one) => one.name === room);
      if (place) app.does.go(place.id);
    },
    /** @param {string} name @param {Record<string, string | number>} options @param {string} shows What its answer can do. */
    async run(name, options, shows) {
      const before = buttonHere(app, shows)?.message;
      await app.does.command(name, options);
      await see(() => buttonHere(app, shows)?.message !== before, `The answer to /${name}`);
    },
    /** @param {string} verb */
    async press(verb) {
      const { message, customId } = await see(() => buttonHere(app, verb), 'The button');
      await app.does.press(message, customId);
    },
  };
  return hand;
}
