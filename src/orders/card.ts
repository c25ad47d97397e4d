import { z } from 'zod';

/**
 * How a direct message with codes went: in its recipient's hands; their inbox is closed; not taken for another reason;
 * not sent, because Discord asks for fewer.
 */
const posted = ['sent', 'closed', 'failed', 'withheld'] as const;
export type Posted = (typeof posted)[number];

/** A code's place in the order: by fingerprint, for a code itself rests in the vault only. */
export const cardSchema = z.object({
  fingerprint: z.string(),
  /** None yet: it is in the pool of a campaign, for whoever claims it. Once there, it stays. */
  recipient: z.string().optional(),
  /**
   * Cards that came together for one recipient travel together: a parcel is fixed before its direct message. To send
   * them again is a new parcel.
   */
  parcel: z.int().min(0),
  deliveredAt: z.number().optional(),
  /** How the last direct message with it went. `tries`: how many in a row went so. */
  posted: z.object({ how: z.enum(posted), at: z.number(), tries: z.int().min(1) }).optional(),
  /** To be sent again, as an admin asked at that time; gone once that was tried. */
  resendAt: z.number().optional(),
  /** Noted at the purge: something such as a PIN came with its code, or the code came in an answer that never shows any. */
  more: z.enum(['came', 'not_shown']).optional(),
});
export type Card = z.infer<typeof cardSchema>;
