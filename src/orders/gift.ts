import { z } from 'zod';

export const receipts = ['private', 'public'] as const;

/** What goes with a card that somebody sends to somebody else. */
export const giftSchema = z.object({
  /** The sender's words to the recipient; nobody else reads them. */
  message: z.string().optional(),
  /** `public`: once it has arrived, everybody reads that where it was sent. */
  receipt: z.enum(receipts),
});
export type Gift = z.infer<typeof giftSchema>;

interface Given {
  readonly gift?: Gift | undefined;
  readonly recipients?: readonly { readonly user: string }[];
  readonly campaign?: object | undefined;
}

/** The one person an order's cards are sent to; undefined for one whose requester has them, and for one of a campaign. */
export function sentTo({ gift, recipients = [], campaign }: Given): string | undefined {
  return gift && !campaign ? recipients[0]?.user : undefined;
}
