import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';

/** Plain JavaScript, without types here. */
const { entries }: { entries: Record<string, string> } = await import(String('../bundle/files.js'));

const root = join(import.meta.dirname, '..');

/** A small program with Cardigan's own way to start. */
function plant({ packages = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (file: string, content: string) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  cpSync(join(root, 'bundle'), join(folder, 'bundle'), { recursive: true });
  write('package.json', '{ "type": "module" }');
  write('commands/index.ts', "export const said: string = 'as it was';");
  for (const source of Object.values(entries)) write(source, '');
  write('src/main.ts', "import { said } from '../commands/index.ts';\nconsole.log(said, import.meta.filename);");
  write('src/cli/resolve.ts', 'console.log(process.argv.slice(2).join());');
  write('src/cli/audit-verify.ts', "import { fail } from '../fail.ts';\n\nfail();");
  write('src/fail.ts', "\n\n/** Why. */\nexport function fail(): never {\n  throw new Error('no');\n}");
  if (packages) {
    mkdirSync(join(folder, 'node_modules'));
    for (const name of ['rolldown', '@rolldown', '@oxc-project'])
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return { folder, write, bundles: () => readdirSync(join(folder, 'dist')) };
}

async function run(folder: string, args: readonly string[] = ['main']) {
  const env = { PATH: process.env.PATH };
  const child = spawn(process.execPath, ['bundle/run.js', ...args], { cwd: folder, env });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err };
}

const SLOWER = 'runs from its sources';

describe('what `npm start` runs', () => {
  it('is a bundle, which is made where there is none', async () => {
    const { folder, bundles } = plant();
    const { out, err } = await run(folder);
    const [made] = bundles();
    expect(out).toContain(`as it was ${join(folder, 'dist', made ?? '')}`);
    expect(err).toBe('');
    await run(folder);
    expect(bundles()).toEqual([made]);
  });

  it('is never a bundle of other sources, and the old one goes', async () => {
    const { folder, write, bundles } = plant();
    await run(folder);
    const before = bundles();
    // Of the same length, and of the same time, as a copy may be.
    write('commands/index.ts', "export const said: string = 'as it is!';");
    utimesSync(join(folder, 'commands/index.ts'), new Date(0), new Date(0));
    expect((await run(folder)).out).toContain(`as it is! ${join(folder, 'dist')}`);
    expect(bundles()).toHaveLength(1);
    expect(bundles()).not.toEqual(before);
  });

  it('is made anew after other versions of packages were installed, but outlives those for development', async () => {
    const { folder, write, bundles } = plant();
    const install = (packages: object) => write('node_modules/.package-lock.json', JSON.stringify({ packages }));
    const used = { version: '1.0.0' };
    const forDevelopment = { version: '2.0.0', dev: true };
    install({ 'node_modules/x': used, 'node_modules/y': forDevelopment });
    await run(folder);
    const before = bundles();
    install({ 'node_modules/x': used });
    await run(folder);
    expect(bundles()).toEqual(before);
    install({ 'node_modules/x': { version: '1.0.1' } });
    await run(folder);
    expect(bundles()).not.toEqual(before);
  });

  it('is the bundle still when files are copied, and the time of each is another', async () => {
    const { folder, bundles } = plant();
    await run(folder);
    const before = bundles();
    for (const file of ['src/main.ts', 'commands/index.ts']) utimesSync(join(folder, file), 1, 1);
    await run(folder);
    expect(bundles()).toEqual(before);
  });

  it('are the sources themselves without the development dependencies', async () => {
    const { folder } = plant({ packages: false });
    const { out, err } = await run(folder);
    expect(out).toContain(`as it was ${join(folder, 'src/main.ts')}`);
    expect(err).toContain(SLOWER);
  });

  it('are the sources themselves where nothing can be written', async () => {
    const { folder, write } = plant();
    // For whoever is root, a folder that is read-only is none.
    write('dist', 'in the way');
    const { out, err } = await run(folder);
    expect(out).toContain(`as it was ${join(folder, 'src/main.ts')}`);
    expect(err).toContain(SLOWER);
  });

  it('is whole when several start at once', async () => {
    const { folder, bundles } = plant();
    const all = await Promise.all([run(folder), run(folder), run(folder)]);
    for (const { out } of all) expect(out).toContain(`as it was ${join(folder, 'dist')}`);
    expect(bundles()).toHaveLength(1);
  });

  it('is told its arguments', async () => {
    const { folder } = plant();
    expect((await run(folder, ['resolve', 'K7Q2M9', '--yes'])).out).toBe('K7Q2M9,--yes\n');
    expect((await run(folder, ['nothing'])).err).toContain(
      `There is no nothing, but ${Object.keys(entries).join(', ')}.`,
    );
  });

  it('draws a picture of a brand: the renderer and the font stay packages, which it finds from where it is', async () => {
    const { folder, write } = plant();
    cpSync(join(root, 'src/brands'), join(folder, 'src/brands'), { recursive: true });
    for (const name of ['zod', '@resvg', '@expo-google-fonts'])
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    write(
      'src/main.ts',
      `import { createBrands } from './brands/index.ts';
      const { pictureOf } = createBrands({ log: { warn: console.log } });
      console.log(pictureOf('Steam')?.bytes.subarray(1, 4).toString(), import.meta.filename);`,
    );
    expect((await run(folder)).out).toContain(`PNG ${join(folder, 'dist')}`);
  });

  it('says of an error where it is in the sources', async () => {
    const { folder } = plant();
    const { err } = await run(folder, ['audit-verify']);
    expect(err).toContain('Error: no');
    expect(err).toMatch(/at fail \(file:.*\/src\/fail\.ts:5:\d+\)/);
    expect(err).toMatch(/at file:.*\/src\/cli\/audit-verify\.ts:3:\d+/);
  });
});
