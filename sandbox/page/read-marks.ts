import type { Message, Sight } from '../discord/start-discord.ts';

/** How far each person has read each place. */
export type ReadMarks = ReturnType<typeof createReadMarks>;

/** Ids ascend with time. */
const isAfter = (id: string, mark: string | undefined): boolean => mark === undefined || BigInt(id) > BigInt(mark);

/** Whoever asked for an answer is there when it comes. */
const isNews = (message: Message, userId: string): boolean =>
  message.authorId !== userId && message.onlyFor !== userId && message.answers?.userId !== userId && !message.thinking;

export function createReadMarks() {
  const marks = new Map<string, string>();
  const keyOf = (userId: string, place: string) => `${userId}/${place}`;

  return {
    /** What came since, oldest first. */
    unread({ user, messages }: Sight, place: string): Message[] {
      const mark = marks.get(keyOf(user.id, place));
      return messages(place).filter((one) => isAfter(one.id, mark) && isNews(one, user.id));
    },
    read({ user, messages }: Sight, place: string): void {
      const newest = messages(place).at(-1);
      if (newest) marks.set(keyOf(user.id, place), newest.id);
    },
  };
}
