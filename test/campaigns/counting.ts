import type { Outside } from '../orders/outside.ts';

/** Counts what a process asks of its store, call by call. */
export function createCounting() {
  let calls = 0;
  const counted = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const method: unknown = Reflect.get(object, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          calls += 1;
          return method.apply(object, args);
        };
      },
    });
  return {
    calls: () => calls,
    wrap: ({ store, ...rest }: Outside): Outside => ({
      ...rest,
      store: {
        ...store,
        records: (namespace, schema) => counted(store.records(namespace, schema)),
        vault: (schema) => counted(store.vault(schema)),
      },
    }),
  };
}
