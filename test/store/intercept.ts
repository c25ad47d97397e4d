/** Runs `hook` before every call of a method of a prototype; returns how to stop it. */
export function intercept<T extends object>(target: T, name: keyof T & string, hook: () => void): () => void {
  const original = target[name] as (...values: unknown[]) => unknown;
  const replacement = function (this: T, ...values: unknown[]) {
    hook();
    return original.apply(this, values);
  };
  const put = (value: unknown) => Object.defineProperty(target, name, { value, configurable: true, writable: true });
  put(replacement);
  return () => put(original);
}
