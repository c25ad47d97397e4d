import type { ErrorObject } from 'ajv';

const MOST = 5;

function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  const unescaped = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return unescaped.reduce((part: unknown, key) => (part as Record<string, unknown>)[key], value);
}

/** What a value is, without any text of it: a message may hold a card's code. */
function describe(value: unknown): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value !== null && typeof value === 'object') return `{${Object.keys(value).join(', ')}}`;
  return String(value);
}

function detail({ keyword, params }: ErrorObject): string {
  if (keyword === 'enum') return ` (${(params.allowedValues as unknown[]).join(', ')})`;
  if (keyword === 'additionalProperties') return ` (${params.additionalProperty})`;
  return '';
}

/** Says only that something in it is wrong. */
function isSum({ keyword, params }: ErrorObject): boolean {
  return keyword === 'if' || keyword === 'anyOf' || (keyword === 'oneOf' && !params.passingSchemas);
}

/** What is wrong with a value, the deepest first, since that is the nearest to the mistake. */
export function explain(errors: readonly ErrorObject[], value: unknown): string[] {
  const telling = errors.filter((error) => !isSum(error));
  const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;
  const lines = (telling.length > 0 ? telling : errors)
    .toSorted((a, b) => depth(b) - depth(a))
    .map((error) => {
      const given = describe(valueAt(value, error.instancePath));
      return `${error.instancePath || '/'} ${error.message}${detail(error)}; it is ${given}`;
    });
  return [...new Set(lines)].slice(0, MOST);
}
