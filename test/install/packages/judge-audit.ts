/** What npm's audit of the packages that Cardigan runs with came to. */
export type Audited =
  | { readonly kind: 'clean'; readonly minor: number }
  | { readonly kind: 'vulnerable'; readonly found: readonly string[] }
  /** Nobody has answered, or not with an audit: not every registry has one. */
  | { readonly kind: 'unknown'; readonly why: string };

const SERIOUS = new Set(['high', 'critical']);

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { name: string; severity: string; range: string }>>;
  readonly metadata?: { readonly vulnerabilities?: { readonly total?: number } };
  readonly message?: string;
}

/** Reads what `npm audit --json` wrote. */
export function judgeAudit(text: string): Audited {
  const report = parsed(text);
  const { vulnerabilities, metadata } = report ?? {};
  const total = metadata?.vulnerabilities?.total;
  if (!report || !vulnerabilities || total === undefined) {
    return { kind: 'unknown', why: report?.message?.replace(/ - .*$/, '') ?? 'npm wrote no report' };
  }
  const found = Object.values(vulnerabilities)
    .filter(({ severity }) => SERIOUS.has(severity))
    .map(({ name, severity, range }) => `${name} ${range} (${severity})`);
  return found.length > 0 ? { kind: 'vulnerable', found } : { kind: 'clean', minor: total };
}

function parsed(text: string): Report | undefined {
  try {
    const report = JSON.parse(text);
    return typeof report === 'object' && report !== null ? report : undefined;
  } catch {
    return undefined;
  }
}
