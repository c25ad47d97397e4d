import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

/** Stands for a gift-card code, a key or a token: whatever is made of these errors must not show it. */
export const SECRET = 'SECRET-7Q2M-XK41';

const url = `https://discord.example/api/v10/webhooks/1/${SECRET}/messages`;
const sent = { body: { content: `your code: ${SECRET}` }, files: undefined };

export const apiError = (code: number, status = 400): DiscordAPIError =>
  new DiscordAPIError({ code, message: `about ${SECRET}` }, code, status, 'POST', url, sent);

export const httpError = (status: number): HTTPError => new HTTPError(status, SECRET, 'POST', url, sent);

export const rateLimitError = (): RateLimitError =>
  new RateLimitError({
    ...{
      timeToReset: 1,
      limit: 1,
      method: 'POST',
      hash: SECRET,
      url,
      route: `/webhooks/1/${SECRET}`,
    },
    ...{ majorParameter: SECRET, global: false, retryAfter: 1, sublimitTimeout: 0, scope: 'user' },
  });

function jsonError(): unknown {
  try {
    return JSON.parse(`{"code": ${SECRET}}`);
  } catch (error) {
    return error;
  }
}

/** Errors as they come from libraries, each with the secret in it somewhere. */
export const secretErrors = (): [string, unknown][] => [
  ['an error of Discord with the request', apiError(50035)],
  ['a broken answer of Discord', httpError(502)],
  ['a rate limit with its address', rateLimitError()],
  ['a JSON error that quotes the text', jsonError()],
  [
    'a JSON error whose text looks like a stack',
    new SyntaxError(`Unexpected token\n    at ${SECRET} (code:1:1)\n    at x`),
  ],
  ['an error of undici', Object.assign(new Error(SECRET), { name: 'SocketError', socket: { SECRET } })],
  ['a key in a property', Object.assign(new Error('failed'), { key: SECRET, config: { SECRET } })],
  ['a cause', new Error('outer', { cause: new Error('middle', { cause: apiError(50007, 403) }) })],
  ['a cause that is no error', new Error('outer', { cause: { token: SECRET } })],
  ['several at once', new AggregateError([apiError(1), SECRET], SECRET)],
  ['no error at all', { message: SECRET, stack: SECRET }],
  ['a text', SECRET],
];
