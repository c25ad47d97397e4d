import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDraw,
  type DrawFile,
  drawFile,
  drawFileText,
  entrantsHash,
  type GaveWay,
  orderEntrants,
  ranking,
  readDrawFile,
  seedHash,
} from '../../../src/campaigns/draw/proof.ts';
import { aDraw, anEntrant, winnersOf } from '../a-draw.ts';

const codes = (file: DrawFile, published?: string) => checkDraw(file, published).map(({ code }) => code);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the file of a draw', () => {
  it('holds all that it takes to repeat it', () => {
    const file = aDraw({ entrants: 12, places: 3, out: ['left', 'not_claimed'] });
    expect(file.winners.map(({ place }) => place)).toEqual([2, 4, 5]);
    expect(file.gaveWay.map(({ place, why }) => [place, why])).toEqual([
      [1, 'left'],
      [3, 'not_claimed'],
    ]);
    expect(file.seedHash).toBe(sha256(file.seed));
    expect(file.entrantsHash).toBe(sha256(file.entrants.map((id) => `${id}\n`).join('')));
    expect(checkDraw(file, file.seedHash)).toEqual([]);
  });

  it('is read back as it was written', () => {
    const file = aDraw({ entrants: 5, places: 2, out: [] });
    expect(readDrawFile(drawFileText(file))).toEqual({ file });
    expect(readDrawFile(`\uFEFF${drawFileText(file)}`)).toEqual({ file });
  });

  it('holds for any draw that went by the rules', () => {
    fc.assert(
      fc.property(
        fc.record({
          entrants: fc.integer({ min: 0, max: 40 }),
          places: fc.integer({ min: 1, max: 10 }),
          out: fc.array(fc.constantFrom('left', 'not_eligible', 'not_claimed', 'replaced')),
        }),
        (how) => {
          const file = aDraw(how as Parameters<typeof aDraw>[0]);
          expect(checkDraw(file, file.seedHash)).toEqual([]);
          expect(readDrawFile(drawFileText(file))).toEqual({ file });
        },
      ),
    );
  });

  it.each([
    ['nothing', '', ''],
    ['no JSON', 'winners: alice', ''],
    ['something else', '[]', 'version'],
    ['another version', '{"version": 2}', 'version'],
  ])('is not %s', (_, text, wrong) => {
    expect(readDrawFile(text)).toEqual({ wrong });
  });

  it('says which part of it is not as it should be', () => {
    const file = aDraw({ entrants: 5, places: 2, out: [] });
    const wrong = (change: object) => readDrawFile(JSON.stringify({ ...file, ...change }));
    expect(wrong({ entrants: [anEntrant(1), 'alice'] })).toEqual({ wrong: 'entrants.1' });
    expect(wrong({ entrants: ['007'] })).toEqual({ wrong: 'entrants.0' });
    expect(wrong({ seed: 'secret' })).toEqual({ wrong: 'seed' });
    expect(wrong({ winners: [{ user: anEntrant(1), place: 0 }] })).toEqual({
      wrong: 'winners.0.place',
    });
    expect(wrong({ gaveWay: undefined })).toEqual({ wrong: 'gaveWay' });
  });
});

describe('a draw that was tampered with is noticed:', () => {
  const file = aDraw({ entrants: 30, places: 4, out: ['left', 'not_claimed'] });
  const named = new Set([...file.winners, ...file.gaveWay].map(({ user }) => user));
  const bystanders = file.entrants.filter((id) => !named.has(id));
  const [first, second] = file.winners as [GaveWay, GaveWay];

  it('another seed', () => {
    const seed = sha256('another');
    expect(codes({ ...file, seed })).toContain('seed_differs');
    const withItsHash = { ...file, seed, seedHash: seedHash(seed) };
    expect(codes(withItsHash, file.seedHash)).toContain('published_differs');
    expect(codes(withItsHash)).toContain('wrong_place');
  });

  it('another hash than was published, with all else made to fit', () => {
    const other = aDraw({ entrants: 30, places: 4, out: [], seed: sha256('another') });
    expect(codes(other)).toEqual([]);
    expect(codes(other, file.seedHash)).toEqual(['published_differs']);
  });

  it('another hash in the file', () => {
    expect(codes({ ...file, seedHash: sha256('another') })).toEqual(['seed_differs']);
    expect(codes({ ...file, entrantsHash: sha256('another') })).toContain('entrants_differ');
  });

  it('an entrant added, left out, exchanged, moved or counted twice', () => {
    const others = {
      added: orderEntrants([...file.entrants, anEntrant(99)]),
      'left out': file.entrants.filter((id) => id !== bystanders[0]),
      exchanged: orderEntrants([...file.entrants.slice(1), anEntrant(99)]),
      moved: [...file.entrants.slice(1), ...file.entrants.slice(0, 1)],
      twice: [file.entrants[0] as string, ...file.entrants],
    };
    for (const entrants of Object.values(others)) {
      expect(codes({ ...file, entrants })).toContain('entrants_differ');
    }
    expect(codes({ ...file, entrants: others.moved })).toContain('out_of_order');
    expect(codes({ ...file, entrants: others.twice })).toContain('out_of_order');
  });

  it('an entrant counted twice, with the hash made to fit', () => {
    const entrants = [file.entrants[0] as string, ...file.entrants];
    const fitting = { ...file, entrants, entrantsHash: entrantsHash(entrants) };
    expect(codes(fitting)).toContain('out_of_order');
  });

  it('a winner exchanged for somebody who was not drawn', () => {
    const friend = bystanders.at(-1) as string;
    const winners = [{ ...first, user: friend }, ...file.winners.slice(1)];
    expect(codes({ ...file, winners })).toEqual(expect.arrayContaining(['wrong_place', 'skipped']));
    const ranked = ranking(file.seed, file.entrantsHash, file.entrants);
    const place = ranked.indexOf(friend) + 1;
    const atTheirPlace = [{ user: friend, place }, ...file.winners.slice(1)];
    expect(checkDraw({ ...file, winners: atTheirPlace })).toContainEqual({
      code: 'skipped',
      user: first.user,
      place: first.place,
    });
  });

  it('a winner who never entered', () => {
    const winners = [{ ...first, user: anEntrant(99) }, ...file.winners.slice(1)];
    expect(checkDraw({ ...file, winners })).toContainEqual({
      code: 'not_entered',
      user: anEntrant(99),
    });
  });

  it('two winners who changed places', () => {
    const winners = [
      { user: second.user, place: first.place },
      { user: first.user, place: second.place },
      ...file.winners.slice(2),
    ];
    expect(codes({ ...file, winners })).toEqual(['wrong_place', 'wrong_place']);
  });

  it('a winner who has two cards, or gave way and won', () => {
    const winners = [...file.winners.slice(0, 3), first];
    expect(codes({ ...file, winners })).toEqual(['listed_twice']);
    const gaveWay = [...file.gaveWay, { ...first, why: 'replaced' as const }];
    expect(codes({ ...file, gaveWay })).toEqual(['listed_twice']);
  });

  it('somebody passed over', () => {
    for (const out of file.gaveWay) {
      const gaveWay = file.gaveWay.filter((each) => each !== out);
      expect(checkDraw({ ...file, gaveWay })).toEqual([{ code: 'skipped', user: out.user, place: out.place }]);
    }
    expect(codes({ ...file, winners: file.winners.slice(1) })).toEqual(['skipped']);
  });

  it('more winners than places', () => {
    expect(checkDraw({ ...file, places: 3 })).toEqual([{ code: 'too_many_winners', winners: 4, places: 3 }]);
  });

  it('any one winner or seed that is not the one drawn', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(29), (which, whom) => {
        const user = file.entrants[whom] as string;
        fc.pre(user !== file.winners[which]?.user);
        const winners = file.winners.map((each, i) => (i === which ? { ...each, user } : each));
        expect(checkDraw({ ...file, winners })).not.toEqual([]);
        const moved = winnersOf(file.entrants, 4, new Set());
        expect(checkDraw({ ...file, winners: moved })).not.toEqual([]);
      }),
    );
  });

  it('and a builder cannot be made to write an entrant twice', () => {
    const again = drawFile({ ...file, entrants: [...file.entrants, ...file.entrants] });
    expect(again).toEqual(file);
  });
});
