import type { Clock, Member } from '../lib/index.ts';

/**
 * So long what Discord told of somebody with their press is what they are now. Long enough for what a press begins, too
 * short for what waits: that asks anew.
 */
const TOLD_LASTS_MS = 2_000;

export type Pressers = ReturnType<typeof createPressers>;

/** Who has just pressed something, as Discord told with it: what follows from the press need not ask once more. */
export function createPressers({ now }: Pick<Clock, 'now'>) {
  const told = new Map<string, { member: Member; at: number }>();
  const keyOf = (guild: string, user: string) => `${guild}/${user}`;
  return {
    note({ user, guild, isManager, roles = [], hasLeft }: Member): void {
      for (const [key, { at }] of told) {
        if (now() < at + TOLD_LASTS_MS) break;
        told.delete(key);
      }
      const key = keyOf(guild, user);
      told.delete(key);
      if (!hasLeft) told.set(key, { member: { user, guild, isManager, roles }, at: now() });
    },
    find(guild: string, user: string): Member | undefined {
      const known = told.get(keyOf(guild, user));
      return known && now() < known.at + TOLD_LASTS_MS ? known.member : undefined;
    },
  };
}
