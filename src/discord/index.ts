import type { CampaignBoard } from '../campaigns/index.ts';
import { bind, type Directory, type Members } from '../lib/index.ts';
import type { Mailbox, NoticeBoard } from '../orders/index.ts';
import type { DelegateWord, Places } from '../policy/index.ts';
import { approvalChannel, noticeBoard, stands } from './boards/admin-board.ts';
import { campaignBoard } from './boards/campaign-board.ts';
import { createDiscordContext, type DiscordDeps } from './context.ts';
import {
  channelState,
  findMember,
  findMembers,
  findNamed,
  goneRoles,
  justPressed,
  membersWithRole,
  roleCounts,
  unheardRoles,
} from './directory.ts';
import { inviteThatPings } from './gateway/access.ts';
import { type Served, serve } from './gateway/serve.ts';
import { createQueries, QUERIES_LAST_MS, querySchema } from './interactions/saved-query.ts';
import { announce, sendCodes } from './notify/codes.ts';
import { notifyDelegate, notifyReporter } from './notify/direct.ts';
import { notifyRequester, showOrder, showProgress } from './notify/requester.ts';
import { membersWhoReacted } from './reactions.ts';

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
    board: bind(ctx, { approvalChannel, stands, ...noticeBoard }) satisfies NoticeBoard,
    campaignBoard: bind(ctx, campaignBoard) satisfies CampaignBoard,
    directory: {
      ...bind(ctx, {
        find: findMember,
        findMany: findMembers,
        named: findNamed,
        withRole: membersWithRole,
        reacted: membersWhoReacted,
      }),
      canListMembers: ctx.canListMembers,
    } satisfies Directory,
    members: bind(ctx, { find: findMember, justPressed }) satisfies Members,
    places: bind(ctx, { channel: channelState, goneRoles, unheardRoles, roleCounts }) satisfies Places,
    delegateWord: bind(ctx, { tell: notifyDelegate }) satisfies DelegateWord,
    queries: createQueries({
      records: deps.store.expiring('queries', querySchema, QUERIES_LAST_MS),
      newId: () => deps.random(8).toString('hex'),
    }),
    ownerGuild: ctx.ownerGuild,
    /** What Discord has held against this process since it began. */
    health: ctx.health.read,
    inviteThatPings: inviteThatPings(ctx.client.application.id),
    serve: (served: Served) => serve(ctx, served),
  };
}

export { createDiscordProbe } from './doctor/probe.ts';
export { createDoctorRest } from './doctor/rest.ts';
export { DiscordFailure } from './errors.ts';
export { type Access, accessOf, inviteLink } from './gateway/access.ts';
export { connect, createClient, disconnect, endInOrder } from './gateway/connection.ts';
export { createHealth, type DiscordHealth, type Health } from './gateway/health.ts';
export type {
  Asker,
  Choice,
  Command,
  Completer,
  InteractionContext,
  MenuEntry,
  MenuTarget,
  ModalOpener,
  Options,
  PressHandler,
  SubmitHandler,
  Typist,
} from './interactions/handler.ts';
export { definitionsOf } from './interactions/handler.ts';
export type { Queries, SavedQuery } from './interactions/saved-query.ts';
