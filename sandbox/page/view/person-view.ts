import type { DiscordStandIn, Sight } from '../../discord/start-discord.ts';
import { type Cast, letterOf } from '../cast.ts';
import type { DmView, Person, View } from '../contract.ts';
import type { Dismissals } from '../dismissals.ts';
import type { Forms } from '../forms.ts';
import type { ReadMarks } from '../read-marks.ts';
import { commandViews } from './command-views.ts';
import { guildView, namedRoles } from './guild-view.ts';
import { hasPinged, messageView } from './message-view.ts';

const NEWEST = 100;

export interface Looks {
  discord: DiscordStandIn;
  cast: Cast;
  marks: ReadMarks;
  forms: Forms;
  dismissals: Dismissals;
}

/** How much waits for somebody: all direct messages, and what pings them elsewhere. */
const waiting = ({ marks }: Looks, sight: Sight): number => {
  const channels = sight.guilds().flatMap((guild) => sight.channels(guild.id));
  const pings = channels
    .flatMap((channel) => marks.unread(sight, channel.id))
    .filter((message) => hasPinged(sight, message));
  return marks.unread(sight, sight.dm().id).length + pings.length;
};

const people = (looks: Looks): Person[] =>
  looks.cast.map(({ id, note, home }) => {
    const sight = looks.discord.sight(id);
    const { name } = sight.user;
    return { id, name, letter: letterOf(name), note, home, unread: waiting(looks, sight) };
  });

const dmView = ({ discord, marks }: Looks, sight: Sight): DmView => {
  const { id } = sight.dm();
  const bot = discord.user(discord.applicationId);
  const name = bot?.name ?? '';
  const isOnline = discord.connections > 0;
  return {
    id,
    with: { id: discord.applicationId, name, letter: letterOf(name), isBot: true, isOnline },
    unread: marks.unread(sight, id).length,
    commands: commandViews(sight.commands(id)),
    isClosed: sight.user.dmsClosed,
  };
};

const names = ({ discord }: Looks, sight: Sight): View['names'] => {
  const guilds = sight.guilds();
  const userIds = [...[sight.user.id, discord.applicationId], ...guilds.flatMap(({ members }) => [...members.keys()])];
  const byId = (all: readonly { id: string; name: string }[]) =>
    Object.fromEntries(all.map(({ id, name }) => [id, name]));
  return {
    users: byId(userIds.flatMap((id) => discord.user(id) ?? [])),
    roles: byId(guilds.flatMap(namedRoles)),
    channels: byId(guilds.flatMap((guild) => sight.channels(guild.id))),
  };
};

/** Everything that a person sees now. */
export const personView = (looks: Looks, userId: string): View => {
  const { discord, marks, forms } = looks;
  const sight = discord.sight(userId);
  const guilds = sight.guilds().map((guild) => guildView(discord, sight, marks, guild));
  const dm = dmView(looks, sight);
  const places = [...guilds.flatMap(({ channels }) => channels.map(({ id }) => id)), dm.id];
  const messages = places.map((place) => {
    const shown = sight.messages(place).filter((one) => !looks.dismissals.has(one));
    return [place, shown.slice(-NEWEST).map((one) => messageView(discord, sight, one))] as const;
  });
  return {
    now: Date.now(),
    me: userId,
    people: people(looks),
    guilds,
    dms: [dm],
    messages: Object.fromEntries(messages),
    modal: forms.open(userId),
    names: names(looks, sight),
  };
};
