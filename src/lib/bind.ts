/** A verb of a module: a function that takes the module's context first. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a verb takes and gives, `Bound` keeps
type Verb<Context> = (context: Context, ...args: any[]) => unknown;

type Bound<Verbs> = {
  // biome-ignore lint/suspicious/noExplicitAny: of whatever context
  [Name in keyof Verbs]: Verbs[Name] extends (context: any, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;
};

/** The face of a module: its verbs, each with the module's context given. */
export function bind<Context, Verbs extends Record<string, Verb<Context>>>(
  context: Context,
  verbs: Verbs,
): Bound<Verbs> {
  const bound = Object.entries(verbs).map(([name, verb]) => [name, (...args: unknown[]) => verb(context, ...args)]);
  return Object.fromEntries(bound) as Bound<Verbs>;
}
