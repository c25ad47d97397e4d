import { connectDatabase } from '../../src/store/database.ts';
import { migrations as ofPostgres } from '../../src/store/postgres/migrations.ts';
import { migrations as ofSqlite } from '../../src/store/sqlite/migrations.ts';
import type { Database } from '../../src/store/storage.ts';
import type { Migration } from '../../src/store/versions/layout.ts';

/** What versions to come may do to what this one leaves, in words of both databases. Nothing of it can be done twice. */
const later: readonly Omit<Migration, 'layout'>[] = [
  {
    since: '1.3.0',
    does: 'entries have notes',
    statements: [
      'CREATE TABLE notes (entry BIGINT NOT NULL, note TEXT NOT NULL)',
      `INSERT INTO notes SELECT seq, 'note of ' || key FROM entries`,
      'CREATE INDEX notes_by_entry ON notes (entry)',
    ],
  },
  {
    since: '2.0.0',
    does: 'notes lie with their entries',
    statements: [
      'ALTER TABLE entries ADD COLUMN note TEXT',
      'UPDATE entries SET note = (SELECT notes.note FROM notes WHERE notes.entry = entries.seq)',
      'DROP TABLE notes',
    ],
  },
];

export const latest = (url: string): Migration[] => {
  const ours = url.startsWith('sqlite') ? ofSqlite : ofPostgres;
  return [...ours, ...later.map((each, index) => ({ ...each, layout: ours.length + 1 + index }))];
};

/** As the version does that has them. */
export const connectPlanted = (url: string, say = (_: string) => {}, migrations = latest(url)): Promise<Database> =>
  connectDatabase(url, { migrations, say });
