export { createNoticeBoard } from './boards/admin-board.ts';
export { createCampaignBoard } from './boards/campaign-board.ts';
export { createPlaces } from './channels.ts';
export { createDirectory } from './directory.ts';
export { DiscordFailure } from './errors.ts';
export { connect, createClient, disconnect } from './gateway/connection.ts';
export { createServing } from './gateway/leader.ts';
export { createRegistration } from './gateway/register-commands.ts';
export { endInOrder } from './gateway/shutdown.ts';
export { createReadFile } from './interactions/attachments.ts';
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
export { createRouter } from './interactions/router.ts';
export {
  createQueries,
  type Queries,
  type Query,
  querySchema,
} from './interactions/saved-query.ts';
export { askerByRest } from './members.ts';
export { createPoster } from './messages/channel-messages.ts';
export { createDirectMessages } from './messages/direct-messages.ts';
export { placeSchema, RECEIPTS_LAST_MS } from './messages/live-replies.ts';
export { createMail } from './notify/outbound.ts';
export { createDelegateWord } from './notify/people.ts';
