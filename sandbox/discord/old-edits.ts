import { MessageFlags } from 'discord-api-types/v10';
import { tooOften } from './errors.ts';
import type { StoredMessage } from './message.ts';
import type { World } from './world.ts';

const OLD_AFTER_MS = 60 * 60_000;
/** discord-userdoccers, page "Message", Edit Message (pull request 551). */
export const OLD_EDITS = { most: 3, perMs: 6_000 };
/**
 * That there is a limit of some length is known: discord/discord-api-docs, issue 6109, with 1,163 s to wait in the body,
 * and a `Retry-After` of 1 s that is wrong. How many edits there are in it: a guess.
 */
export const PUBLISHED_EDITS = { most: 3, perMs: 60 * 60_000 };
const WRONG_RETRY_AFTER_S = 1;

/**
 * Two limits on top of the bucket of edits: of messages older than an hour, in a channel (30046, which comes without
 * `Retry-After`), and of a message that was published to the followers of its channel (20022).
 */
export const refuseOldEdit = (world: World, message: StoredMessage): void => {
  const { clock, limits } = world;
  if ((message.flags & MessageFlags.Crossposted) !== 0) {
    const { isOver, resetMs } = limits.spend(`edits of ${message.id}`, PUBLISHED_EDITS);
    if (isOver) throw tooOften('publishedEdits', resetMs, WRONG_RETRY_AFTER_S);
  }
  if (clock.now() - message.createdAt <= OLD_AFTER_MS) return;
  const { isOver, resetMs } = limits.spend(`old edits ${message.channelId}`, OLD_EDITS);
  if (isOver) throw tooOften('oldEdits', resetMs, 'none');
};
