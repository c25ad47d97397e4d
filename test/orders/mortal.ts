import type { Store } from '../../src/store/open.ts';
import type { Outside } from './outside.ts';

/** `before`: the call has no effect any more. `after`: it has, and nobody learns of it. */
export interface Death {
  call: number;
  when: 'before' | 'after';
}

export type Mortal = ReturnType<typeof createMortal>;

/**
 * A process that dies at its n-th call to the outside. A dead process does nothing more: its calls never come
 * back, so no code after them runs, not even a `catch`.
 */
export function createMortal(death: Death) {
  const died = Promise.withResolvers<'died'>();
  let calls = 0;
  let isDead = false;
  const forEver = () => new Promise<never>(() => {});

  function die(): Promise<never> {
    isDead = true;
    died.resolve('died');
    return forEver();
  }

  async function around(run: () => Promise<unknown>): Promise<unknown> {
    if (isDead) return forEver();
    const isLast = ++calls === death.call;
    if (isLast && death.when === 'before') return die();
    const result = await run();
    if (isLast) return die();
    return isDead ? forEver() : result;
  }

  /** The same thing, each of whose methods may be the last one called. */
  const mortal = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const method: unknown = Reflect.get(object, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => around(async () => method.apply(object, args));
      },
    });

  const wrapStore = (store: Store): Store => ({
    ...store,
    records: (namespace, schema) => mortal(store.records(namespace, schema)),
    vault: (schema) => mortal(store.vault(schema)),
  });

  return {
    /** Resolves when it is dead. */
    died: died.promise,
    calls: () => calls,
    wrap({ store, giftCards, mailbox, board, members, ...rest }: Outside): Outside {
      return {
        ...rest,
        giftCards: mortal(giftCards),
        mailbox: mortal(mailbox),
        board: mortal(board),
        members: mortal(members),
        store: wrapStore(store),
      };
    },
    wrapStore,
  };
}
