import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import { byType } from './by-type.ts';
import { exceptions } from './exceptions.ts';
import { explain } from './explain.ts';

export type Schema = Record<string, unknown>;
type Content = { content?: Record<string, { schema: Schema }> };

interface Parameter {
  name: string;
  in: 'path' | 'query';
  schema: Schema;
}

interface Operation {
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content>;
  parameters?: Parameter[];
}

interface PathItem {
  parameters?: Parameter[];
  [method: string]: unknown;
}

interface OpenApi {
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, Schema> };
}

/** An operation of the document that a request is for. */
export interface Matched {
  /** Such as `POST /channels/{channel_id}/messages`. */
  readonly name: string;
  readonly operation: Operation;
  readonly queryNames: ReadonlySet<string>;
}

/** Discord's OpenAPI document, and what it says of values. Schemas are compiled when they are first needed. */
export interface DiscordDocument {
  /** The operation that a request is for; undefined if the document has none. */
  match(method: string, path: string): Matched | undefined;
  /** What is wrong with a JSON value, in words that hold none of its texts; empty if it is as described. */
  wrongs(schema: Schema, value: unknown): string[];
  /** The same for what the bot sends, where fields that the document doesn't know are wrong, too. */
  wrongsOfSent(schema: Schema, value: unknown): string[];
  /** A reference to one of its components. */
  component(name: string): Schema;
}

/** Only what is sent to Discord: a misspelled field would be lost there without a word. */
function withoutOtherFields(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutOtherFields);
  if (schema === null || typeof schema !== 'object') return schema;
  const entries = Object.entries(schema).map(([key, part]) => [key, withoutOtherFields(part)]);
  const closes = 'properties' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(entries), ...(closes && { additionalProperties: false }) };
}

function withExceptions(schemas: Record<string, Schema>): Record<string, Schema> {
  const amended = { ...schemas };
  for (const { components, field, schema } of exceptions)
    for (const name of components) {
      const component = amended[name] ?? missing(name);
      const properties = { ...(component.properties as Schema), [field]: schema };
      amended[name] = { ...component, properties };
    }
  return amended;
}

function createChecker(schemas: unknown, prepare: (schema: Schema) => unknown) {
  // Compiled in each file of tests, for few values: what costs least to compile.
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    allErrors: true,
    code: { optimize: false },
    inlineRefs: false,
  });
  addFormats.default(ajv, ['date-time', 'uri', 'int32', 'int64', 'double']);
  ajv.addFormat('snowflake', (text) => /^[0-9]{1,20}$/.test(text) && BigInt(text) < 1n << 64n);
  ajv.addFormat('nonce', true);
  ajv.addSchema({ $id: 'discord', components: { schemas } });
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (schema: Schema, value: unknown): string[] => {
    const check = compiled.get(schema) ?? ajv.compile(prepare(schema) as Schema);
    compiled.set(schema, check);
    return check(value) ? [] : explain(check.errors ?? [], value);
  };
}

/** More fixed parts first: `@original` is not a message's id. */
function byFixedParts([a]: [string, unknown], [b]: [string, unknown]): number {
  return a.split('{').length - b.split('{').length;
}

export function readDiscordDocument(file: string): DiscordDocument {
  const text = readFileSync(file, 'utf8').replaceAll('"#/components/', '"discord#/components/');
  const { paths, components }: OpenApi = JSON.parse(text);
  const { schemas } = components;
  const typed = (schema: unknown) => byType(schemas, schema);
  const wrongs = createChecker(typed(schemas), typed);
  const wrongsOfSent = createChecker(typed(withoutOtherFields(withExceptions(schemas))), (schema) =>
    typed(withoutOtherFields(schema)),
  );
  const templates = Object.entries(paths)
    .sort(byFixedParts)
    .map(([template, item]) => ({ template, parts: template.split('/'), item }));

  const fits = (parts: string[], given: string[], { parameters = [] }: PathItem): boolean =>
    parts.length === given.length &&
    parts.every((part, index) => {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      const value = decodeURIComponent(given[index] ?? '');
      if (name === undefined) return part === value;
      const schema = parameters.find((one) => one.name === name)?.schema;
      return schema !== undefined && wrongs(schema, value).length === 0;
    });

  const references = new Map<string, Schema>();
  const component = (name: string): Schema => {
    if (!schemas[name]) return missing(name);
    const reference = references.get(name) ?? { $ref: `discord#/components/schemas/${name}` };
    references.set(name, reference);
    return reference;
  };

  return {
    match(method, path) {
      const given = path.split('/');
      const found = templates.find(({ parts, item }) => method.toLowerCase() in item && fits(parts, given, item));
      if (!found) return undefined;
      const operation = found.item[method.toLowerCase()] as Operation;
      const query = (operation.parameters ?? []).filter((one) => one.in === 'query');
      const queryNames = new Set(query.map((one) => one.name));
      return { name: `${method} ${found.template}`, operation, queryNames };
    },
    wrongs,
    wrongsOfSent,
    component,
  };
}

function missing(name: string): never {
  throw new Error(`Discord's document has no ${name}.`);
}
