/**
 * How codes were brought: by a direct message that is in its recipient's hands; their inbox is closed; not taken for another
 * reason; not sent, because Discord asks for fewer. `to_reveal`: by none, for their recipient has them shown where they press.
 */
export const deliveryResults = ['sent', 'closed', 'failed', 'withheld', 'to_reveal'] as const;

export type DeliveryResult = (typeof deliveryResults)[number];

/** How a word without codes went. */
export type MessageResult = Exclude<DeliveryResult, 'withheld' | 'to_reveal'>;
