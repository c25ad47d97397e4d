/** A field where Discord takes what its document does not say. */
export interface Exception {
  readonly components: readonly string[];
  readonly field: string;
  /** The types that the document has; absent where it doesn't have the field. */
  readonly documented?: readonly string[];
  readonly schema: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

/** Of what the bot sends. Nothing that the stand-in answers needs one. */
export const exceptions: readonly Exception[] = [
  {
    components: ['ApplicationCommandCreateRequest', 'ApplicationCommandUpdateRequest'],
    field: 'default_member_permissions',
    documented: ['integer', 'null'],
    schema: { type: ['string', 'null'], pattern: '^[0-9]+$' },
    reason:
      "The document has a number. Discord's reference has a bit set as text, since it outgrew numbers; " +
      'discord.js sends that, and the document has text, too, where the same field is answered.',
  },
  {
    components: [
      'IncomingWebhookUpdateForInteractionCallbackRequestPartial',
      'IncomingWebhookUpdateRequestPartial',
      'MessageEditRequestPartial',
    ],
    field: 'tts',
    schema: { const: false },
    reason: 'discord.js has it in every message, also in an edit, where it is without a meaning.',
  },
  {
    components: [
      'IncomingWebhookInteractionRequest',
      'IncomingWebhookRequestPartial',
      'IncomingWebhookUpdateForInteractionCallbackRequestPartial',
      'IncomingWebhookUpdateRequestPartial',
      'MessageEditRequestPartial',
    ],
    field: 'enforce_nonce',
    schema: { const: false },
    reason: 'discord.js has it in every message, also where there are no nonces.',
  },
];
