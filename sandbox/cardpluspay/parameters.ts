import { type Answer, envelope } from './answer.ts';

/** Reads parameters one by one, and remembers all that is wrong with them, as a 422 reports it. */
export function createParameters(query: URLSearchParams) {
  const errors: Record<string, string[]> = {};
  const wrong = (name: string, rule: string): undefined => {
    errors[name] = [`The ${name} field ${rule}.`];
    return undefined;
  };
  const text = (name: string, longest = 255): string | undefined => {
    const value = query.get(name)?.trim() || undefined;
    if (value && value.length > longest) return wrong(name, `may have ${longest} characters`);
    return value;
  };
  return {
    text,
    wrong,
    integer(name: string, fallback: number, least: number, most: number): number {
      const value = text(name);
      if (value === undefined) return fallback;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : -1;
      if (number < least || number > most) wrong(name, `must be between ${least} and ${most}`);
      return number;
    },
    amount(name: string): string | undefined {
      const value = text(name);
      if (value === undefined || /^\d{1,12}(\.\d{1,6})?$/.test(value)) return value;
      return wrong(name, 'must be a number of at least 0');
    },
    oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      const found = allowed.find((one) => one === value);
      return found ?? wrong(name, `must be one of ${allowed.join(', ')}`);
    },
    /** The 422 for all that was wrong, or `undefined`. */
    refusal: (): Answer | undefined => validationError(errors),
  };
}

export type Parameters = ReturnType<typeof createParameters>;

export function validationError(errors: Record<string, string[]>): Answer | undefined {
  const first = Object.values(errors)[0]?.[0];
  return first === undefined ? undefined : envelope(422, first, { errors });
}

export interface Slice<T> {
  rows: T[];
  pagination: { total: number; per_page: number; current_page: number; last_page: number };
}

export function paginate<T>(all: readonly T[], perPage: number, page: number): Slice<T> {
  const total = all.length;
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const rows = all.slice((page - 1) * perPage, page * perPage);
  return {
    rows,
    pagination: { total, per_page: perPage, current_page: page, last_page: lastPage },
  };
}
