import type { Member, Members } from '../../src/lib/member.ts';
import { Problem } from '../../src/lib/problem.ts';
import type { Lookup, Pressed } from './facts.ts';
import { people, type Standing } from './people.ts';
import type { Alive, Scheduler } from './scheduler.ts';

export type Guild = ReturnType<typeof createGuild>;

const stranger = { guild: 'guild', isManager: false, roles: [], hasLeft: true };

/** Discord's side of a guild: who is there, and may what. Changes at any moment, and nobody tells the bot. */
export function createGuild(scheduler: Scheduler) {
  const has = new Map(people.map(({ user, has: from }) => [user, new Set<Standing>(from)]));
  const presses: Pressed[] = [];
  const lookups: Lookup[] = [];

  function memberOf(user: string): Member | undefined {
    const now = has.get(user);
    if (!now?.has('there')) return undefined;
    const roles = (['approver', 'buyer'] as const).filter((role) => now.has(role));
    const isAdmin = user === 'olga';
    return {
      user,
      guild: 'guild',
      isManager: now.has('manager'),
      roles,
      ...(isAdmin && { isAdmin }),
    };
  }

  const guild = {
    presses,
    /** Never tells anything again. */
    isSilent: false,
    lookups,
    toggle(user: string, what: Standing): void {
      const now = has.get(user);
      if (now && !now.delete(what)) now.add(what);
    },
    /** Somebody may not decide any more, whoever may. */
    lose(user: string): void {
      for (const what of ['manager', 'approver'] as const) has.get(user)?.delete(what);
    },
    /**
     * Somebody presses: Discord tells what they are at that moment. Who has left has the buttons of old direct messages,
     * and no commands.
     */
    press(user: string, press: string, order?: string): Member {
      const member = memberOf(user) ?? { ...stranger, user };
      if (member.hasLeft && order === undefined) throw new Problem('button_unknown', {});
      presses.push({ press, order, member, at: scheduler.now() });
      return member;
    },
    /** How one process looks somebody up. */
    membersOf: (by: Alive): Members => ({
      find: (_, user) =>
        scheduler.call(by, 'member.read', `looks up ${user}`, (variant) => {
          const found = variant === 1 || guild.isSilent ? ('unknown' as const) : (memberOf(user) ?? ('none' as const));
          lookups.push({ by: by.name, at: scheduler.now(), user, found });
          return found;
        }),
    }),
  };
  return guild;
}
