import { cleanText } from './clean-text.ts';

const DEEPEST = 4;

/**
 * A copy of an error with its name, code and message only. The original may carry what must not be
 * logged: undici's parser error has the bytes of the answer on it, codes included.
 */
export function cleanCause(cause: unknown, secret: string, depth = 0): Error {
  if (!(cause instanceof Error)) {
    return new Error(`a thrown ${typeof cause}`);
  }
  const inner =
    depth < DEEPEST && cause.cause ? cleanCause(cause.cause, secret, depth + 1) : undefined;
  const message = cleanText(cause.message, secret);
  const options = inner ? { cause: inner } : {};
  const copy =
    cause instanceof AggregateError && depth < DEEPEST
      ? new AggregateError(
          cause.errors.map((each) => cleanCause(each, secret, depth + 1)),
          message,
          options,
        )
      : new Error(message, options);
  const code = 'code' in cause ? cause.code : undefined;
  return Object.assign(copy, { name: cause.name }, typeof code === 'string' ? { code } : {});
}
