import { z } from 'zod';
import { type Answer, envelope } from './answer.ts';
import { validationError } from './parameters.ts';

/** Cards in one request. */
export const quantity = z.int().min(1).max(100).default(1);

/** The 422 for a body that is not as documented. */
export function invalidBody(error: z.ZodError): Answer {
  const errors: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const name = path.join('.') || 'body';
    errors[name] = [`The ${name} field is invalid: ${message}`];
  }
  return validationError(errors) ?? envelope(422, 'Validation error');
}
