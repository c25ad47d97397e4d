import Big from 'big.js';
import type { Catalog } from '../../catalog/index.ts';
import { isTimeZone, Problem, toAmount, typedAmount } from '../../lib/index.ts';
import { defaultPolicy, MOST_APPROVALS, MOST_TIERS, type Policy, type TypedSetting } from '../policy.ts';

/** The catalog in memory. */
export type KnownCards = Pick<Catalog, 'fetchedAt' | 'find' | 'search' | 'completeItem' | 'completeBrand'>;

type Typed = Readonly<Record<string, string>>;

interface Form<Value> {
  /** What the fields say, by their names, for what is set now. */
  fields(value: Value): Typed;
  /** What was typed, as the policy has it. An empty field is the default. Throws a Problem that says what is allowed. */
  read(typed: Typed, cards: KnownCards): Value;
}

/** The field of a form that has only one. */
const ONLY_FIELD = 'value';
const only = (typed: Typed) => (typed[ONLY_FIELD] ?? '').trim();

const HIGHEST_AMOUNT = 1_000_000;
const MOST_DECIMALS = 3;

function amountOf(text: string): string {
  const amount = typedAmount(text) ?? '';
  const isFit = /^\d{1,7}(\.\d{1,3})?$/.test(amount);
  if (!isFit || new Big(amount).gt(HIGHEST_AMOUNT))
    throw new Problem('bad_setting_amount', { text, highest: HIGHEST_AMOUNT, decimals: MOST_DECIMALS });
  return toAmount(amount);
}

const free: Form<Policy['free']> = {
  // What is the same stays so when the other one is changed.
  fields: ({ perOrder, perDay }) => ({ perOrder, perDay: perDay === perOrder ? '' : perDay }),
  read(typed) {
    const perOrder = amountOf(typed.perOrder?.trim() || '0');
    const perDay = amountOf(typed.perDay?.trim() || perOrder);
    // Where every order needs an approval, none is left for a day's total.
    if (new Big(perOrder).eq(0)) return { perOrder, perDay: perOrder };
    if (new Big(perDay).lt(perOrder)) throw new Problem('day_below_order', { order: perOrder, day: perDay });
    return { perOrder, perDay };
  },
};

const tiers: Form<Policy['tiers']> = {
  fields: (value) => ({ [ONLY_FIELD]: value.map(({ over, approvals }) => `${over}: ${approvals}`).join('\n') }),
  read(typed) {
    const read = readLines(only(typed)).map(tierOf);
    if (read.length > MOST_TIERS) throw new Problem('too_many_tiers', { most: MOST_TIERS });
    const sorted = read.toSorted((a, b) => new Big(a.over).cmp(b.over));
    sorted.forEach(({ over, approvals }, index) => {
      const below = sorted[index - 1];
      if (below && new Big(below.over).eq(over)) throw new Problem('tier_twice', { over });
      if (below && below.approvals >= approvals) throw new Problem('idle_tier', { below: below.over, above: over });
    });
    return sorted;
  },
};

function tierOf(line: string): Policy['tiers'][number] {
  const [, over, approvals] = /^([^:]+):\s*(\d{1,2})$/.exec(line) ?? [];
  const count = Number(approvals);
  if (over === undefined || count < 1 || count > MOST_APPROVALS)
    throw new Problem('bad_tier', { text: line, most: MOST_APPROVALS });
  return { over: amountOf(over), approvals: count };
}

const listed = (read: (lines: string[], cards: KnownCards) => string[], keyOf?: KeyOf): Form<string[]> => ({
  fields: (value) => ({ [ONLY_FIELD]: value.join('\n') }),
  read: (typed, cards) => [...new Set(read(readLines(only(typed), keyOf), cards))],
});

/** Names of the catalog. While it is not loaded, as they were typed. */
const known = (find: (name: string, cards: KnownCards) => string, keyOf?: KeyOf) =>
  listed((lines, cards) => (cards.fetchedAt() === undefined ? lines : lines.map((line) => find(line, cards))), keyOf);

const currencyCodes = new Set(Intl.supportedValuesOf('currency'));
const currencies = listed((lines) => {
  const codes = lines.flatMap((line) => line.split(/[\s,;]+/)).filter((code) => code !== '');
  return readLines(codes.join('\n')).map((code) => {
    if (!currencyCodes.has(code.toUpperCase())) throw new Problem('bad_currency', { text: code });
    return code.toUpperCase();
  });
});

const whole = (usual: number, highest: number): Form<number> => ({
  fields: (value) => ({ [ONLY_FIELD]: String(value) }),
  read(typed) {
    const text = only(typed);
    if (text === '') return usual;
    const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= 1 && number <= highest)) throw new Problem('bad_setting_number', { text, highest });
    return number;
  },
});

const timeZone: Form<string> = {
  fields: (value) => ({ [ONLY_FIELD]: value }),
  read(typed) {
    const text = only(typed);
    if (text === '') return defaultPolicy.timeZone;
    // A fixed offset is a time zone too, but not one that knows of summer.
    if (!/^[a-z]/i.test(text) || !isTimeZone(text)) throw new Problem('bad_time_zone', { text, near: zonesNear(text) });
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  },
};

/** "berlin" has meant Europe/Berlin. */
function zonesNear(text: string): string {
  const wanted = text.toLowerCase().replaceAll(/[^a-z]+/g, '_');
  if (wanted.length < 3) return '';
  const fits = (zone: string) => zone.toLowerCase().includes(wanted);
  return Intl.supportedValuesOf('timeZone').filter(fits).slice(0, 3).join(', ');
}

const lowBalance: Form<Policy['lowBalance']> = {
  fields: (value = '') => ({ [ONLY_FIELD]: value }),
  read(typed) {
    const amount = amountOf(only(typed) || '0');
    return new Big(amount).eq(0) ? undefined : amount;
  },
};

/** How each typed setting is shown in its form, and read from it. */
export const forms: { [S in TypedSetting]: Form<Policy[S]> } = {
  free,
  tiers,
  brands: known(brandOf),
  // Two codes that differ by capitals alone are two cards.
  items: known(itemOf, (code) => code),
  currencies,
  mostCards: whole(defaultPolicy.mostCards, 100),
  quoteMinutes: whole(defaultPolicy.quoteMinutes, 60),
  approvalHours: whole(defaultPolicy.approvalHours, 336),
  timeZone,
  lowBalance,
};

const MOST_LISTED = 25;
const MOST_HINTS = 3;

/** By which two lines are the same. */
type KeyOf = (line: string) => string;

/** The lines of a text that say something, each once. Throws `too_many_listed`. */
function readLines(text: string, keyOf: KeyOf = (line) => line.toLowerCase()): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const byText = new Map(lines.map((line) => [keyOf(line), line]));
  if (byText.size > MOST_LISTED) throw new Problem('too_many_listed', { most: MOST_LISTED });
  return [...byText.values()];
}

/** As the catalog spells it. Throws `unknown_brand` with what is near. */
function brandOf(brand: string, cards: KnownCards): string {
  const near = cards.completeBrand(brand);
  const isSame = (other: string) => other.toLowerCase() === brand.toLowerCase();
  const found = near.find(isSame) ?? cards.search({ brand })[0]?.brand;
  if (found !== undefined) return found;
  throw new Problem('unknown_brand', { brand, near: near.slice(0, MOST_HINTS).join(', ') });
}

/** As `brandOf`, by item code. */
function itemOf(code: string, cards: KnownCards): string {
  const found = cards.find(code);
  if (found) return found.itemCode;
  const near = cards.completeItem(code, { limit: MOST_HINTS }).map(({ itemCode }) => itemCode);
  throw new Problem('unknown_listed_item', { item: code, near: near.join(', ') });
}
