import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { brandKey } from './brand-key.ts';
import { guides } from './guides.ts';

const line = z.string().trim().min(1, 'must not be empty').max(150, 'must be at most 150 characters');

/** People follow it from a message with a code. */
const httpsUrl = z
  .string()
  .max(200, 'must be at most 200 characters')
  .refine((text) => /^https:\/\/[^\s<>()]+$/.test(text) && URL.canParse(text), 'must be an https: address');

const guideSchema = z.strictObject({
  /** Other names of the brand. */
  aliases: z.array(line).max(20).optional(),
  steps: z.array(line).min(1, 'must have a step').max(6, 'must have at most 6 steps'),
  url: httpsUrl.optional(),
  /** What to do when it does not work. */
  trouble: line.optional(),
});
const guideFileSchema = z.record(z.string(), guideSchema);

/** How and where to redeem a card of a brand. */
export type Guide = z.infer<typeof guideSchema>;
export type Guides = Readonly<Record<string, Guide>>;

/** An operator's guides. Throws what is wrong with the file, in one line that says where. */
export function readGuides(path: string): Guides {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error('must name a file that can be read');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error('must name a JSON file: it cannot be read as JSON', { cause: error });
  }
  const { data, error } = guideFileSchema.safeParse(json);
  const [issue] = error?.issues ?? [];
  if (issue) throw new Error(`has a mistake at ${issue.path.join(', ') || 'its beginning'}: ${issue.message}`);
  return data ?? {};
}

interface Product {
  readonly brand?: string | undefined;
  readonly name: string;
}

/** Finds the guide for a product by its brand, or else by what its name begins with. An operator's come first. */
export function createGuides(own: Guides = {}) {
  const byKey = new Map([guides, own].flatMap((each: Guides) => Object.entries(each).flatMap(keyed)));
  return ({ brand, name }: Product): Guide | undefined => {
    const words = brandKey(name).split('-');
    const starts = words.map((_, index) => words.slice(0, words.length - index).join('-'));
    const keys = brand === undefined ? starts : [brandKey(brand), ...starts];
    return keys.map((key) => byKey.get(key)).find((guide) => guide !== undefined);
  };
}

const keyed = ([brand, guide]: [string, Guide]): [string, Guide][] =>
  [brand, ...(guide.aliases ?? [])].map((name) => [brandKey(name), guide]);
