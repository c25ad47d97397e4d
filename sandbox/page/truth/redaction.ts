const HIDDEN = '••••';

/** Takes secrets out of texts and of JSON; whatever is issued later is known by then. */
export const createRedaction = (secrets: () => readonly string[]) => {
  const text = (given: string): string =>
    secrets().reduce((cleaned, secret) => cleaned.replaceAll(secret, HIDDEN), given);
  return {
    text,
    json: (value: unknown): unknown => (value === undefined ? null : JSON.parse(text(JSON.stringify(value)))),
  };
};

/** The tokens of interactions are in paths: whoever has one speaks as the bot. */
export const withoutTokens = (path: string): string =>
  path.replace(/^(\/(?:interactions|webhooks)\/\d+\/)[^/]+/, '$1…').replace('%40', '@');
