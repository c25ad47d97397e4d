import { z } from 'zod';
import type { Actor, DiscordStandIn, Message, Sight } from '../discord/start-discord.ts';
import type { Cast } from './cast.ts';
import type { Acts, Answer, Choices, Complete } from './contract.ts';
import type { Dismissals } from './dismissals.ts';
import type { Forms } from './forms.ts';
import { done, type Posts, post } from './post.ts';
import type { ReadMarks } from './read-marks.ts';
import { Refusal } from './refusal.ts';

interface Parts {
  discord: DiscordStandIn;
  cast: Cast;
  marks: ReadMarks;
  forms: Forms;
  dismissals: Dismissals;
  /** Called after what only the page knows has changed. */
  changed(): void;
}

/** As Discord words them. */
const says = {
  command: 'The application did not respond',
  component: 'This interaction failed',
  form: 'Something went wrong. Try again.',
  completion: 'Loading options failed',
};

const id = z.string().regex(/^\d{1,20}$/);
const file = z.strictObject({ name: z.string().min(1).max(200), bytes: z.string() });
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), file]));
const typed = { as: id, place: id, name: z.string(), options: values };

const shapes: { [Verb in keyof Acts]: z.ZodType<Acts[Verb]> } = {
  command: z.strictObject(typed),
  press: z.strictObject({ as: id, message: id, customId: z.string() }),
  choose: z.strictObject({
    as: id,
    message: id,
    customId: z.string(),
    values: z.array(z.string()),
  }),
  submit: z.strictObject({
    as: id,
    modal: id,
    values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  }),
  dismiss: z.strictObject({ as: id, message: id.optional(), modal: id.optional() }),
  say: z.strictObject({ as: id, place: id, text: z.string().trim().min(1).max(2000) }),
  read: z.strictObject({ as: id, place: id }),
};
const completion: z.ZodType<Complete> = z.strictObject({ ...typed, focused: z.string() });

/** What the client refuses before it sends is a sentence for people; so is what became of what was sent. */
async function tried(act: () => Promise<string | undefined>): Promise<Answer> {
  try {
    const error = await act();
    return error === undefined ? done : { error };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return { error: (error as Error).message };
  }
}

/** What people do on the page, done at the Discord stand-in in their name. */
export function createActs({ discord, cast, marks, forms, dismissals, changed }: Parts): Posts {
  function sightOf(userId: string): Sight {
    if (!cast.some((role) => role.id === userId)) throw new Refusal(404, 'Nobody here is that.');
    return discord.sight(userId);
  }

  /** This person at their client, in a place that they see. */
  function actorIn(sight: Sight, place: string): Actor {
    if (sight.dm().id === place) return discord.as(sight.user.id, { dm: true });
    const guild = sight.guilds().find(({ id: guildId }) => {
      return sight.channels(guildId).some((channel) => channel.id === place);
    });
    if (!guild) throw new Refusal(404, 'There is no such place for this person.');
    return discord.as(sight.user.id, { guildId: guild.id, channelId: place });
  }

  async function command({ as, place, name, options }: Acts['command']): Promise<Answer> {
    const actor = actorIn(sightOf(as), place);
    return tried(async () => {
      const exchange = await actor.run(name, options);
      forms.note(as, place, exchange);
      return exchange.error && says.command;
    });
  }

  /** Uses a part of a message, if it is there for this person and can be used. */
  function use(
    { as, message: messageId }: Acts['press'],
    isThere: (message: Message) => boolean,
    act: (actor: Actor, message: Message) => ReturnType<Actor['press']>,
  ): Promise<Answer> {
    const sight = sightOf(as);
    return tried(async () => {
      const message = sight.message(messageId);
      if (!message || !isThere(message)) return says.component;
      const exchange = await act(actorIn(sight, message.channelId), message);
      forms.note(as, message.channelId, exchange);
      return exchange.error && says.component;
    });
  }

  const press = (body: Acts['press']) =>
    use(
      body,
      ({ buttons }) => buttons.some((one) => one.customId === body.customId && !one.disabled),
      (actor, message) => actor.press(message, body.customId),
    );

  const choose = (body: Acts['choose']) =>
    use(
      body,
      ({ menus }) => menus.some((one) => one.customId === body.customId && !one.disabled),
      (actor, message) => actor.choose(message, body.customId, body.values),
    );

  function submit({ as, modal, values: given }: Acts['submit']): Promise<Answer> {
    const sight = sightOf(as);
    return tried(async () => {
      const form = forms.find(as, modal);
      if (!form) return says.form;
      const exchange = await actorIn(sight, form.place).submit(form.exchange, given);
      if (exchange.error) return says.form;
      forms.close(as, modal);
      return undefined;
    });
  }

  function dismiss({ as, message, modal }: Acts['dismiss']): Answer {
    const sight = sightOf(as);
    if (message !== undefined) dismissals.add(sight, message);
    if (modal !== undefined) forms.close(as, modal);
    return done;
  }

  function say({ as, place, text }: Acts['say']): Answer {
    const sight = sightOf(as);
    actorIn(sight, place);
    discord.say(as, place, text);
    return done;
  }

  function read({ as, place }: Acts['read']): Answer {
    marks.read(sightOf(as), place);
    return done;
  }

  async function complete({ as, place, name, options, focused }: Complete): Promise<Choices> {
    const actor = actorIn(sightOf(as), place);
    try {
      return { choices: await actor.complete(name, options, focused) };
    } catch {
      return { error: says.completion };
    }
  }

  const acts = { command, press, choose, submit, dismiss, say, read };
  const posts = (Object.keys(acts) as (keyof Acts)[]).map((verb) => {
    const act = acts[verb] as (body: Acts[typeof verb]) => Answer | Promise<Answer>;
    const shape = shapes[verb] as z.ZodType<Acts[typeof verb]>;
    const handle = post(shape, async (body) => {
      const answer = await act(body);
      changed();
      return answer;
    });
    return [`/act/${verb}`, handle] as const;
  });
  return { ...Object.fromEntries(posts), '/act/complete': post(completion, complete) };
}
