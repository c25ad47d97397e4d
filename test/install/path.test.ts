import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from './dockerfile.ts';
import { freePort } from './free-port.ts';
import { pathOf, type Step, shellBlocksOf } from './path.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const PAGE = 'docs/operating.md';
/** What the reader puts in: the address that they have the page from. */
const ADDRESS = 'https://git.example.org/cardigan.git';
const PORT = '9464';

/** What is committed here, as an address to clone: what lies uncommitted is what a reader does not get. */
const here = `file://${root}`;

describe('docs/operating.md', () => {
  it('leads from nothing to a bot that is served, by copy and paste', async () => {
    // Not in memory: packages are large.
    const home = mkdtempSync(join('/var/tmp', 'cardigan-path-'));
    const terminals = new Map<string, Terminal>();
    onTestFinished(async () => {
      for (const terminal of terminals.values()) await terminal.end();
      rmSync(home, { recursive: true, force: true });
    });
    // Packages come from npm's own cache where it has them, for a reader's machine has another network.
    const { PATH = '', HOME = tmpdir() } = process.env;
    const npm = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^npm_config_/i.test(name)));
    const cache = { npm_config_cache: join(HOME, '.npm'), npm_config_userconfig: join(HOME, '.npmrc') };
    const env = { PATH, ...npm, ...cache, npm_config_prefer_offline: 'true' };
    const open = (name: string): Terminal => {
      const opened = terminals.get(name) ?? openTerminal(home, name, env);
      terminals.set(name, opened);
      return opened;
    };
    const port = await freePort();
    const steps = pathOf(PAGE).map(
      (step): Step => ({ ...step, text: step.text.replaceAll(ADDRESS, here).replaceAll(PORT, port) }),
    );
    expect(steps.length).toBeGreaterThan(6);
    expect(steps[0]?.text).toContain(`git clone ${here}`);
    const said: string[] = [];
    for (const step of steps) said.push(await open(step.terminal).do(step));
    const saidBy = (command: string) => said[steps.findLastIndex(({ text }) => text.includes(command))];
    expect(saidBy('npm run -s health')).toContain('Cardigan is ready');
    expect(saidBy('npm run -s doctor')).toContain('all well');
    const copies = readdirSync(join(home, 'cardigan/backups'));
    expect(copies.filter((name) => name.endsWith('.json')).length).toBeGreaterThan(0);
  }, 900_000);

  it('has no block for a shell that a shell does not understand', () => {
    const blocks = shellBlocksOf(PAGE);
    expect(blocks.length).toBeGreaterThan(5);
    const wrong = blocks.filter((block) => spawnSync('bash', ['-n'], { input: block }).status !== 0);
    expect(wrong).toEqual([]);
  });
});
