import { expect, it } from 'vitest';
import { renaming } from '../../src/store/postgres/scratch-copy.ts';

const script = ['CREATE SCHEMA cardigan;', 'COPY cardigan.entries (value) FROM stdin;', 'a\\tb cardigan.x', '\\.'];

it('a copy goes into another schema, and what is stored stays as it is', () => {
  const lines = ['\\restrict aB3', ...script, 'CREATE INDEX i ON cardigan.entries (key);', '\\unrestrict aB3'];
  expect(lines.map(renaming('other'))).toEqual([
    '\\restrict aB3',
    '',
    'COPY other.entries (value) FROM stdin;',
    'a\\tb cardigan.x',
    '\\.',
    'CREATE INDEX i ON other.entries (key);',
    '\\unrestrict aB3',
  ]);
});

it.each(['\\! touch x', '-- Name: a \\! touch x', '\\restrict a \\! touch x', 'SELECT 1 \\gexec'])(
  'what psql would run is refused: %s',
  (line) => {
    const renamed = renaming('other');
    for (const each of script) renamed(each);
    expect(() => renamed(line)).toThrow('no store of Cardigan has');
  },
);
