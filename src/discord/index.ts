import type { CampaignBoard } from '../campaigns/index.ts';
import { bind, type Directory } from '../lib/index.ts';
import type { Mailbox, NoticeBoard } from '../orders/index.ts';
import type { DelegateWord, Places } from '../policy/index.ts';
import { approvalChannel, noticeBoard } from './boards/admin-board.ts';
import { campaignBoard } from './boards/campaign-board.ts';
import { createDiscordContext, type DiscordDeps } from './context.ts';
import { channelState, findMember, findNamed, goneRoles, membersWithRole, roleCounts } from './directory.ts';
import { type Served, serve } from './gateway/serve.ts';
import { createQueries, QUERIES_LAST_MS, querySchema } from './interactions/saved-query.ts';
import { announce, sendCodes } from './notify/codes.ts';
import { notifyDelegate, notifyReporter } from './notify/direct.ts';
import { notifyRequester, showOrder, showProgress } from './notify/requester.ts';

/** Discord, as the domain and the commands know it: the domain's ports, and the service that takes interactions. */
export function createDiscord(deps: DiscordDeps) {
  const ctx = createDiscordContext(deps);
  return {
    mailbox: bind(ctx, {
      deliver: sendCodes,
      progress: showProgress,
      show: showOrder,
      tell: notifyRequester,
      tellOfCase: notifyReporter,
      announce,
    }) satisfies Mailbox,
    board: bind(ctx, { approvalChannel, ...noticeBoard }) satisfies NoticeBoard,
    campaignBoard: bind(ctx, campaignBoard) satisfies CampaignBoard,
    directory: {
      ...bind(ctx, { find: findMember, named: findNamed, withRole: membersWithRole }),
      canListMembers: ctx.canListMembers,
    } satisfies Directory,
    places: bind(ctx, { channel: channelState, goneRoles, roleCounts }) satisfies Places,
    delegateWord: bind(ctx, { tell: notifyDelegate }) satisfies DelegateWord,
    queries: createQueries({
      records: deps.store.expiring('queries', querySchema, QUERIES_LAST_MS),
      newId: () => deps.random(8).toString('hex'),
    }),
    ownerGuild: ctx.ownerGuild,
    serve: (served: Served) => serve(ctx, served),
  };
}

export { DiscordFailure } from './errors.ts';
export { connect, createClient, disconnect, endInOrder } from './gateway/connection.ts';
export type {
  Asker,
  Choice,
  Command,
  InteractionContext,
  ModalOpener,
  Options,
  PressHandler,
  SubmitHandler,
} from './interactions/handler.ts';
export type { Queries, SavedQuery } from './interactions/saved-query.ts';
