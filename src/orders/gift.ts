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
  readonly recipients?: readonly { readonly user: string }[] | undefined;
}

/** Whom an order's cards are sent to; undefined for one whose requester has them. */
export function sentTo({ gift, recipients }: Given): string | undefined {
  return gift && recipients?.[0]?.user;
}
