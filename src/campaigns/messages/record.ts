import { z } from 'zod';
import { messageRecordSchema, placeSchema } from '../../outbox/index.ts';

const call = {
  campaign: z.string(),
  /** From 1: people who come later are called by a message of their own. */
  number: z.int().min(1),
  users: z.array(z.string()),
  /** Until when they may claim. */
  until: z.number().optional(),
};

/** What is said of a campaign. Each says how it stands now. */
const aboutSchema = z.discriminatedUnion('kind', [
  /** `since`: the step by which it was asked; a campaign may have to be approved more than once. */
  z.object({ kind: z.literal('approval'), since: z.int().min(0) }),
  /** `number`: from 1. `card`: the approval's, of which it reminds. */
  z.object({ kind: z.literal('reminder'), since: z.int().min(0), number: z.int().min(1), card: placeSchema }),
  z.object({ kind: z.literal('main') }),
  z.object({ kind: z.literal('winners'), ...call }),
  z.object({ kind: z.literal('waits'), ...call, order: z.string(), reference: z.string() }),
  /** `since`: the step of which whoever runs it is told. */
  z.object({ kind: z.literal('word'), since: z.int().min(0) }),
  /** `at`: since when its channel is no more. */
  z.object({ kind: z.literal('lost'), at: z.number(), to: z.enum(['admins', 'owner']) }),
]);
export type CampaignAbout = z.infer<typeof aboutSchema>;

export const campaignMessageSchema = messageRecordSchema.extend({ campaign: z.string(), about: aboutSchema });
export type CampaignMessage = z.infer<typeof campaignMessageSchema>;
export type CallAbout = Extract<CampaignAbout, { kind: 'winners' | 'waits' }>;

/** The lists of what is not true yet, or may change with its campaign; and of what changes when people come to it. */
export const OPEN_MESSAGES = 'open';
export const SLOW = 'slow';
/** Of one campaign, those of both lists. */
export const openOf = (campaign: string): string => `open/${campaign}`;

export function messageTags({ campaign }: { campaign: string }, list: string | undefined) {
  return list === undefined ? [] : [list, openOf(campaign)];
}

export function messageKey(campaign: string, about: CampaignAbout): string {
  switch (about.kind) {
    case 'main':
      return `${campaign}/main`;
    case 'reminder':
      return `${campaign}/reminder/${about.since}/${about.number}`;
    case 'lost':
      return `${campaign}/lost/${about.to}/${about.at}`;
    case 'winners':
      return `${campaign}/winners/${about.number}`;
    case 'waits':
      return `${campaign}/waits/${about.order}/${about.number}`;
    default:
      return `${campaign}/${about.kind}/${about.since}`;
  }
}
