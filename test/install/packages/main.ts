import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { judgeAudit } from './judge-audit.ts';

/*
 * `npm run check-packages`: whether a package that Cardigan runs with has a serious vulnerability that is known, and whether
 * its bill of materials can be made. Ends with 1 for either; a registry that has no audits is named, and is no failure.
 */

const cwd = join(import.meta.dirname, '../../..');
const npm = (...args: string[]) =>
  spawnSync('npm', args, { cwd, encoding: 'utf8', timeout: 120_000, maxBuffer: 2 ** 26 }).stdout ?? '';

const audited = judgeAudit(npm('audit', '--json', '--omit=dev', '--fetch-retries=1', '--fetch-timeout=30000'));
const words = {
  clean: () =>
    `npm audit: nothing serious${audited.kind === 'clean' && audited.minor ? `, ${audited.minor} minor` : ''}.`,
  vulnerable: () =>
    `npm audit: serious vulnerabilities: ${audited.kind === 'vulnerable' ? audited.found.join('; ') : ''}.`,
  unknown: () => `npm audit: not known here (${audited.kind === 'unknown' ? audited.why : ''}). Going on without it.`,
};
process.stdout.write(`${words[audited.kind]()}\n`);

const bill = npm('run', '--silent', 'sbom');
const { components = [] } = bill ? JSON.parse(bill) : {};
process.stdout.write(`npm sbom: ${components.length} packages.\n`);
process.exitCode = audited.kind === 'vulnerable' || components.length === 0 ? 1 : 0;
