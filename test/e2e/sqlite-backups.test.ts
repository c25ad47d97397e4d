import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { backupsIn } from '../../src/backup/index.ts';
import { confirm, eventually, quote, startTown, type Town } from './town.ts';

/** The process that makes a backup stops once it has copied, until the file `go` is there; it makes `copied` before. */
function heldAtItsCopy(copied: string, go: string): Record<string, string> {
  const held = `
    import { existsSync, writeFileSync } from 'node:fs';
    import { DatabaseSync } from 'node:sqlite';
    const { prepare } = DatabaseSync.prototype;
    DatabaseSync.prototype.prepare = function (sql) {
      const statement = prepare.call(this, sql);
      if (!sql.startsWith('VACUUM INTO')) return statement;
      return { run(file) {
        statement.run(file);
        writeFileSync(${JSON.stringify(copied)}, '');
        while (!existsSync(${JSON.stringify(go)})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      } };
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(held)}` };
}

const told = ({ discord, adminsId }: Town): Message[] =>
  discord.channelMessages(adminsId).filter(({ text }) => /backup/i.test(text));

it('backups are made by the running bot beside its work; one that fails is told, and that it is over, too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-schedule-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [backups, copied, go] = ['backups', 'copied', 'go'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const settings = { BACKUP_FOLDER: backups, BACKUP_EVERY_HOURS: '1' };
  const town = await startTown({ environment: { ...settings, ...heldAtItsCopy(copied, go) } });

  await eventually(
    () => existsSync(copied),
    () => `a copy by:\n${town.bot.output()}`,
  );
  // It is under way, and no backup yet; whoever presses or buys does not wait for it.
  expect(backupsIn(backups)).toEqual([]);
  expect((await (await town.ada.here.run('balance')).settled()).text).toMatch(/\$\d/);
  expect((await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'))).text).toContain('Charged');
  expect(backupsIn(backups)).toEqual([]);
  writeFileSync(go, '');
  await town.bot.wrote('a backup was made');
  const [made] = backupsIn(backups);
  expect(made).toMatchObject({ verified: 'opened', notAuthentic: 0 });
  expect(town.bot.output()).toContain(`"file":"${made?.file}","verified":"opened"`);
  expect(told(town)).toEqual([]);
  await town.bot.stop();

  // Not even root can write into what is no folder.
  rmSync(backups, { recursive: true });
  writeFileSync(backups, '');
  const failing = await town.restart();
  await failing.wrote('a backup could not be made');
  expect(failing.output()).toContain(`can't be written`);
  const failed = await eventually(
    () => told(town)[0],
    () => 'admins are told',
  );
  expect(failed.text).toContain('A backup could not be made');
  await failing.stop();
  // As after another start in the same hour: it fails again, and nobody is told again.
  const again = await town.restart();
  await again.wrote('a backup could not be made');
  await again.stop();
  expect(told(town)).toHaveLength(1);

  rmSync(backups);
  const mended = await town.restart();
  await mended.wrote('a backup was made');
  await eventually(
    () => told(town)[0]?.text.includes('Backups are made again'),
    () => `it is over, among:\n${told(town).map(({ text }) => text)}`,
  );
  expect(told(town).map(({ id }) => id)).toEqual([failed.id]);
  expect(readdirSync(backups)).toHaveLength(2);
});
