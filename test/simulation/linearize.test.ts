import { describe, expect, it } from 'vitest';
import { type Asked, isLinearizable, type Operation } from '../e2e/histories/linearize.ts';

const op = (asked: Asked, from: number, to: number, end: Operation['end'] = 'ok'): Operation => ({
  asked,
  from,
  to,
  end,
});
const reserve = (id: string, amount = 490): Asked => ({ do: 'reserve', id, amount });
const read = (left: number): Asked => ({ do: 'read', left });

describe('a history of a budget of $10', () => {
  it.each<[string, Operation[]]>([
    [
      'two that fit and one that does not, at once',
      [op(reserve('a'), 1, 9), op(reserve('b'), 1, 9), op(reserve('c'), 1, 9, 'fail'), op(read(20), 10, 11)],
    ],
    ['one that was not answered, and had no effect', [op(reserve('a'), 1, 2, 'unknown'), op(read(1000), 3, 4)]],
    [
      'one that was not answered, and had its effect late',
      [op(reserve('a'), 1, 2, 'unknown'), op(read(1000), 3, 4), op(read(510), 5, 6)],
    ],
    [
      'what is freed has room again',
      [
        op(reserve('a', 900), 1, 2),
        op({ do: 'free', id: 'a' }, 1, Number.POSITIVE_INFINITY),
        op(reserve('b', 900), 3, 4),
      ],
    ],
    [
      'another limit while somebody asks',
      [
        op(reserve('a', 900), 1, 2),
        op({ do: 'set', limit: 2000 }, 3, 8),
        op(reserve('b', 900), 4, 5),
        op(read(200), 9, 10),
      ],
    ],
  ])('can be: %s', (_, history) => expect(isLinearizable(history, 1_000)).toBe(true));

  it.each<[string, Operation[]]>([
    ['three that do not fit together', [op(reserve('a'), 1, 2), op(reserve('b'), 1, 2), op(reserve('c'), 1, 2)]],
    ['one refused that had room', [op(reserve('a'), 1, 2, 'fail')]],
    ['a look that does not see what was granted before it', [op(reserve('a'), 1, 2), op(read(1000), 3, 4)]],
    [
      'what was seen is not there any more',
      [op(reserve('a'), 1, 2, 'unknown'), op(read(510), 3, 4), op(read(1000), 5, 6)],
    ],
    ['something freed that nobody had', [op({ do: 'free', id: 'a' }, 1, 2)]],
    ['counted twice', [op(reserve('a'), 1, 2), op(read(20), 3, 4)]],
  ])('cannot be: %s', (_, history) => expect(isLinearizable(history, 1_000)).toBe(false));
});
