import type { CampaignBoard } from '../campaigns/index.ts';
import { bind, type Directory } from '../lib/index.ts';
import type { Mailbox, NoticeBoard } from '../orders/index.ts';
import type { DelegateWord, Places } from '../policy/index.ts';
import { approvalChannel, editNotice, postNotice, removeNotice } from './boards/admin-board.ts';
import {
  editCampaignMessage,
  postCampaignMessage,
  removeCampaignMessage,
} from './boards/campaign-board.ts';
import { createDiscordContext, type DiscordDeps } from './context.ts';
import {
  channelState,
  findMember,
  findNamed,
  goneRoles,
  membersWithRole,
  roleCounts,
} from './directory.ts';
import { type Served, serve } from './gateway/serve.ts';
import { createQueries, QUERIES_LAST_MS, querySchema } from './interactions/saved-query.ts';
import { announce } from './notify/announce.ts';
import { sendCodes } from './notify/codes.ts';
import { notifyDelegate, notifyReporter } from './notify/direct.ts';
import { notifyRequester, showOrder, showProgress } from './notify/requester.ts';

/** Discord, as the domain and the commands know it: the domain's ports, and the service that takes interactions. */
export function createDiscord(deps: DiscordDeps) {
  const ctx = createDiscordContext(deps);
  const mailbox: Mailbox = bind(ctx, {
    deliver: sendCodes,
    progress: showProgress,
    show: showOrder,
    tell: notifyRequester,
    tellOfCase: notifyReporter,
    announce,
  });
  const board: NoticeBoard = bind(ctx, {
    approvalChannel,
    post: postNotice,
    edit: editNotice,
    remove: removeNotice,
  });
  const campaignBoard: CampaignBoard = bind(ctx, {
    post: postCampaignMessage,
    edit: editCampaignMessage,
    remove: removeCampaignMessage,
  });
  const directory: Directory = {
    ...bind(ctx, { find: findMember, named: findNamed, withRole: membersWithRole }),
    canListMembers: ctx.canListMembers,
  };
  const places: Places = bind(ctx, { channel: channelState, goneRoles, roleCounts });
  const delegateWord: DelegateWord = bind(ctx, { tell: notifyDelegate });
  const queries = createQueries({
    records: deps.store.expiring('queries', querySchema, QUERIES_LAST_MS),
    newId: () => deps.random(8).toString('hex'),
  });
  return {
    mailbox,
    board,
    campaignBoard,
    directory,
    places,
    delegateWord,
    queries,
    ownerGuild: ctx.ownerGuild,
    serve: (served: Served) => serve(ctx, served),
  };
}

export type Discord = ReturnType<typeof createDiscord>;

export { DiscordFailure } from './errors.ts';
export { connect, createClient, disconnect, endInOrder } from './gateway/connection.ts';
export type {
  Asker,
  Choice,
  Command,
  ModalOpener,
  Moment,
  Options,
  PressHandler,
  SubmitHandler,
} from './interactions/handler.ts';
export type { Queries, SavedQuery } from './interactions/saved-query.ts';
