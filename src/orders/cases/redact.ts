import type { OrdersContext } from '../context.ts';
import { codesOf } from '../delivery/deliver.ts';
import type { Order } from '../model/order.ts';

/** What stands in the place of a code. */
const INSTEAD = '[code]';
/** A shorter secret, such as the expiry "12", would be found in anybody's words. */
const SHORTEST = 4;
/** A code that is typed in groups is so many words at most. */
const MOST_GROUPS = 8;

interface Secrets {
  /** Codes and what came with them, such as PINs, as far as they are still kept. */
  readonly known: readonly string[];
  /** Whether this is a code of the order, also of one whose codes are no longer kept. */
  isCode(text: string): boolean;
}

/** What somebody typed about an order of which this person gets cards, without the codes that they may have pasted. */
export async function redact(ctx: OrdersContext, order: Order, recipient: string, text: string): Promise<string> {
  const kept = await codesOf(ctx, order, recipient);
  const known = kept.flatMap(({ code, metadata }) => [code, ...metadata.map((m) => m.value)]);
  const fingerprints = new Set(order.cards.map((card) => card.fingerprint));
  const isCode = (each: string) => fingerprints.has(ctx.fingerprint(each));
  return redacted(text.trim(), { known, isCode });
}

/** The words of a person without the codes in them, however those are grouped, and in small letters or large. */
function redacted(text: string, { known, isCode }: Secrets): string {
  const spans = [...known.flatMap((secret) => spansOf(secret, text)), ...codeSpans(text, isCode)];
  return withoutSpans(text, spans);
}

type Span = readonly [from: number, to: number];

const isSign = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** Letters and digits alone, and where in the text each of them stands. */
function signsOf(text: string): { signs: string; at: Span[] } {
  let signs = '';
  const at: Span[] = [];
  let from = 0;
  for (const each of text) {
    const to = from + each.length;
    for (const sign of each.normalize('NFKC').toLowerCase()) {
      if (!isSign(sign)) continue;
      signs += sign;
      for (let unit = 0; unit < sign.length; unit++) at.push([from, to]);
    }
    from = to;
  }
  return { signs, at };
}

function spansOf(secret: string, text: string): Span[] {
  const wanted = signsOf(secret).signs;
  if (wanted.length < SHORTEST) return [];
  const { signs, at } = signsOf(text);
  const spans: Span[] = [];
  for (let found = signs.indexOf(wanted); found >= 0; found = signs.indexOf(wanted, found + 1)) {
    spans.push([at[found]?.[0] ?? 0, at[found + wanted.length - 1]?.[1] ?? text.length]);
  }
  return spans;
}

/** Each few words in a row that are a code. */
function codeSpans(text: string, isCode: (text: string) => boolean): Span[] {
  const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ from: index, to: index + word.length }));
  return words.flatMap(({ from }, first) =>
    words.slice(first, first + MOST_GROUPS).flatMap(({ to }) => codeIn(text, [from, to], isCode)),
  );
}

/** The code that a piece of a text is, with or without what stands around it in a sentence. */
function codeIn(text: string, [from, to]: Span, isCode: (text: string) => boolean): Span[] {
  const typed = text.slice(from, to);
  if (isCode(typed)) return [[from, to]];
  const start = from + (/^[^\p{L}\p{N}]*/u.exec(typed)?.[0].length ?? 0);
  const bare = text.slice(start, to).replace(/[^\p{L}\p{N}]+$/u, '');
  return spellings(bare).some(isCode) ? [[start, start + bare.length]] : [];
}

/** The ways in which CardPlusPay may have written what a person has typed. */
function spellings(bare: string): string[] {
  const joined = bare.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const grouped = joined.match(/.{1,4}/gsu)?.join('-') ?? '';
  const all = [bare, bare.replaceAll(/\s+/g, ''), joined, grouped];
  return [...new Set([...all, ...all.map((each) => each.toUpperCase())])].filter((each) => each !== '');
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let rest = '';
  let done = 0;
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    if (from >= done) rest += text.slice(done, from) + INSTEAD;
    done = Math.max(done, to);
  }
  return rest + text.slice(done);
}
