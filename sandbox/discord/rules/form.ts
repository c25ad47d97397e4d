import { z } from 'zod';
import { invalidForm, type Problem } from '../errors.ts';

type Issue = z.core.$ZodIssue;

/** Adds a problem in Discord's words; `path` is relative to the value being checked. */
export const complain = (context: z.RefinementCtx, code: string, message: string, path: PropertyKey[] = []): void =>
  context.addIssue({ code: 'custom', message, path, params: { code } });

const lengthProblem = (min: number, max: number): [string, string] => {
  if (min === 0) return ['BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`];
  return ['BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`];
};

/** Discord counts characters, not UTF-16 units: an emoji is one. */
export const lengthOf = (text: string): number => [...text].length;

export const text = (max: number, min = 0) =>
  z.string().superRefine((value, context) => {
    const length = lengthOf(value);
    if (length === 0 && min > 0) complain(context, 'BASE_TYPE_REQUIRED', 'This field is required');
    else if (length < min || length > max) complain(context, ...lengthProblem(min, max));
  });

export const list = <T extends z.ZodType>(of: T, max: number, min = 0) =>
  z.array(of).superRefine((value, context) => {
    if (value.length < min || value.length > max) complain(context, ...lengthProblem(min, max));
  });

export const snowflake = z.union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative().transform(String)]);

const numberProblem = (issue: Issue): [string, string] | undefined => {
  if (issue.code === 'too_big')
    return ['NUMBER_TYPE_MAX', `int value should be less than or equal to ${issue.maximum}.`];
  if (issue.code === 'too_small')
    return ['NUMBER_TYPE_MIN', `int value should be greater than or equal to ${issue.minimum}.`];
  return undefined;
};

const typeProblem = (issue: Issue): [string, string] => {
  if (issue.code === 'invalid_value')
    return ['BASE_TYPE_CHOICES', `Value must be one of {${issue.values.map(String).join(', ')}}.`];
  if (issue.code === 'invalid_union')
    return ['UNION_TYPE_CHOICES', 'Value of field "type" must be one of the types allowed here.'];
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return ['BASE_TYPE_REQUIRED', 'This field is required'];
  return ['BASE_TYPE_CONVERT', `This is not what belongs here: ${issue.message}`];
};

const toProblem = (issue: Issue, prefix: readonly PropertyKey[]): Problem => {
  const own = issue.code === 'custom' ? issue.params?.code : undefined;
  const [code, message] = typeof own === 'string' ? [own, issue.message] : (numberProblem(issue) ?? typeProblem(issue));
  return { path: [...prefix, ...issue.path], code, message };
};

/** Parses a body or throws Discord's 50035 with all problems at their paths. */
export const checkForm = <T extends z.ZodType>(
  schema: T,
  body: unknown,
  prefix: readonly PropertyKey[] = [],
): z.output<T> => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidForm(result.error.issues.map((issue) => toProblem(issue, prefix)));
};

/** Discord leaves fields that were sent as null out of what it answers. */
export const withoutNulls = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutNulls(part)])) as T;
};
