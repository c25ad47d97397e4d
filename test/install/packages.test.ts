import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from './dockerfile.ts';
import { judgeAudit } from './packages/judge-audit.ts';

const counts = { info: 0, low: 0, moderate: 0, high: 0, critical: 0 };
const reportOf = (...severities: string[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      severities.map((severity, i) => [`package-${i}`, { name: `package-${i}`, severity, range: '<1.0.1' }]),
    ),
    metadata: { vulnerabilities: { ...counts, total: severities.length } },
  });
const without =
  '{"message":"405 Method Not Allowed - POST https://registry.example/advisories","error":{"summary":""}}';

describe('an audit', () => {
  it('is clean without serious vulnerabilities', () => {
    expect(judgeAudit(reportOf())).toEqual({ kind: 'clean', minor: 0 });
    expect(judgeAudit(reportOf('low', 'moderate'))).toEqual({ kind: 'clean', minor: 2 });
  });

  it('names each serious one', () => {
    expect(judgeAudit(reportOf('low', 'high', 'critical'))).toEqual({
      kind: 'vulnerable',
      found: ['package-1 <1.0.1 (high)', 'package-2 <1.0.1 (critical)'],
    });
  });

  it.each([
    ['a registry without audits', without, '405 Method Not Allowed'],
    ['nothing', '', 'npm wrote no report'],
    ['no JSON', 'npm error network', 'npm wrote no report'],
    ['another JSON', 'null', 'npm wrote no report'],
    ['half a report', '{"vulnerabilities":{}}', 'npm wrote no report'],
  ])('is not known from %s', (_, text, why) => {
    expect(judgeAudit(text)).toEqual({ kind: 'unknown', why });
  });
});

describe('npm run check-packages', () => {
  /** With an npm that says this of an audit. */
  function run(audit: string) {
    const folder = mkdtempSync(join(tmpdir(), 'cardigan-npm-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'audit.json'), audit);
    const real = spawnSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).stdout.trim();
    const script = `#!/bin/sh\nif [ "$1" = audit ]; then cat '${folder}/audit.json'; exit 1; fi\nexec '${real}' "$@"\n`;
    writeFileSync(join(folder, 'npm'), script);
    chmodSync(join(folder, 'npm'), 0o755);
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    return spawnSync(process.execPath, ['test/install/packages/main.ts'], { cwd: root, env, encoding: 'utf8' });
  }

  it('fails for a serious vulnerability, and goes on where there is no audit', () => {
    const found = run(reportOf('high'));
    expect(found.stdout).toContain('serious vulnerabilities: package-0 <1.0.1 (high)');
    expect(found.status).toBe(1);
    const unknown = run(without);
    expect(unknown.stdout).toContain('not known here (405 Method Not Allowed)');
    expect(unknown.stdout).toMatch(/npm sbom: \d\d+ packages/);
    expect(unknown.status).toBe(0);
    expect(run(reportOf('low')).status).toBe(0);
  });

  it('is what CI runs', () => {
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^npm run check-packages$/m);
  });
});

describe('npm run sbom', () => {
  it('lists every package that Cardigan runs with, by version, and none for development', () => {
    const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const { bomFormat, components } = JSON.parse(stdout);
    expect(bomFormat).toBe('CycloneDX');
    const names = components.map(({ group, name }: { group?: string; name: string }) =>
      group ? `${group}/${name}` : name,
    );
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    // Under the name that it has in the registry.
    const own = Object.keys(dependencies).filter((name) => name !== 'undici-v6');
    expect(names).toEqual(expect.arrayContaining(own));
    expect(components.every(({ version }: { version: string }) => /^\d+\.\d+\.\d+/.test(version))).toBe(true);
    const forDevelopment = Object.keys(devDependencies).filter(
      (name) => !name.startsWith('@types/') && name !== 'node',
    );
    expect(forDevelopment.filter((name) => names.includes(name))).toEqual([]);
  });
});
