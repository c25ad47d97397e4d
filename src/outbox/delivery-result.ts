/**
 * How a direct message with codes went: in its recipient's hands; their inbox is closed; not taken for another reason;
 * not sent, because Discord asks for fewer.
 */
export const deliveryResults = ['sent', 'closed', 'failed', 'withheld'] as const;

export type DeliveryResult = (typeof deliveryResults)[number];

/** How a word without codes went. */
export type MessageResult = Exclude<DeliveryResult, 'withheld'>;
