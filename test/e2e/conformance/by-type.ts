type Schema = Record<string, unknown>;
type Schemas = Record<string, Schema>;

interface Variant {
  readonly $ref: string;
  readonly types: readonly unknown[];
}

/** A variant that has a `type` of its own. */
function variantOf(schemas: Schemas, option: unknown): Variant[] {
  const { $ref } = option as { $ref?: string };
  const schema = schemas[$ref?.split('/').at(-1) ?? ''];
  const { type } = (schema?.properties ?? {}) as { type?: { enum?: unknown[] } };
  const isTold = (schema?.required as string[] | undefined)?.includes('type');
  return $ref && type?.enum && isTold ? [{ $ref, types: type.enum }] : [];
}

function choosing(variants: readonly Variant[]): Schema {
  const allOf = variants.map(({ $ref, types }) => ({
    if: { properties: { type: { enum: types } }, required: ['type'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema has it.
    then: { $ref },
  }));
  const type = { enum: variants.flatMap(({ types }) => types) };
  return { properties: { type }, required: ['type'], allOf };
}

/**
 * Schemas that say of variants with a `type` of their own: by that type it is this one. It means the same as `oneOf`,
 * but what is wrong is said of the variant that was meant, not of each of them.
 */
export function byType(schemas: Schemas, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((one) => byType(schemas, one));
  if (schema === null || typeof schema !== 'object') return schema;
  const { oneOf, anyOf, ...rest } = schema as Schema;
  const options = (oneOf ?? anyOf ?? []) as unknown[];
  const variants = Array.isArray(options) ? options.flatMap((option) => variantOf(schemas, option)) : [];
  const types = variants.flatMap((variant) => variant.types);
  const isTyped = variants.length === options.length && new Set(types).size === types.length;
  if (isTyped && variants.length > 1) return { ...rest, ...choosing(variants) };
  const entries = Object.entries(schema).map(([key, part]) => [key, byType(schemas, part)]);
  return Object.fromEntries(entries);
}
