import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { envNames, readEnv } from '../../src/env.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const read = (path: string) => readFile(join(root, path), 'utf8');

/** Read by Node itself and by what it loads, not by us. */
const forNode = ['NODE_ENV'];
const keyring = `k1:${Buffer.alloc(32).toString('base64')}`;

function expectKnown(names: readonly string[]): void {
  expect(names.filter((name) => !envNames.includes(name) && !forNode.includes(name))).toEqual([]);
}

/** That `node dist/x.js` is made of a program that there is. */
async function expectProgram(command: string): Promise<void> {
  const [, program] = /^(?:\S*\/)?node dist\/(\w+)\.js$/.exec(command) ?? [];
  expect(program, command).toBeDefined();
  await access(join(root, `apps/server/src/${program}.ts`));
}

describe('Dockerfile', () => {
  it('runs a program that there is, as somebody else than root, with variables that are known', async () => {
    const file = await read('Dockerfile');
    const [, command = ''] = /^CMD (.+)$/m.exec(file) ?? [];
    await expectProgram((JSON.parse(command) as string[]).join(' '));
    expect(file).toMatch(/^USER [1-9]\d*:/m);
    const [, env = ''] = /^ENV (.+)$/m.exec(file) ?? [];
    expectKnown(env.split(' ').map((pair) => pair.split('=', 1)[0] ?? ''));
  });

  it('gets nothing that is secret, and nothing that was built elsewhere', async () => {
    const ignored = (await read('.dockerignore')).split('\n');
    const mustBe = ['.data', '**/.env*', '.git', '**/node_modules', '**/dist', '**/.turbo', '**/.cache'];
    expect(ignored).toEqual(expect.arrayContaining(mustBe));
  });
});

interface Compose {
  services: Record<string, ComposeService>;
}
interface ComposeService {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

describe('compose.yaml', async () => {
  const { services } = parse(await read('compose.yaml'), { merge: true }) as Compose; // as Compose reads it
  const ours = Object.entries(services).filter(([, { image }]) => image === 'interview-webhooks');

  it.each(ours)('%s runs a program that there is, with an environment that it takes', async (_, service) => {
    if (service.command) await expectProgram(service.command.join(' '));
    expectKnown(Object.keys(service.environment ?? {}));
    const env = Object.entries(service.environment ?? {}).map(([name, value]) => [name, substituted(value)]);
    readEnv(Object.fromEntries(env) as Record<string, string>);
  });

  it('does not start without a key, and says how to make one', () => {
    for (const [, { environment }] of ours) {
      expect(environment?.['SECRET_KEYS']).toMatch(/^\$\{SECRET_KEYS:\?.*openssl rand -base64 32/);
    }
  });

  it('starts what is waited for first', () => {
    const waitsFor = (name: string) => services[name]?.depends_on ?? {};
    expect(waitsFor('worker')).toEqual({ server: { condition: 'service_healthy' } });
    expect(waitsFor('server')).toEqual({ 'mongo-init': { condition: 'service_completed_successfully' } });
    const members = Object.keys(waitsFor('mongo-init'));
    const uri = services['server']?.environment?.['MONGODB_URI'] ?? '';
    expect(members).toEqual(/\/\/([\w,]+)\//.exec(uri)?.[1]?.split(','));
    for (const member of members) expect(services[member]?.healthcheck?.test).toContain('mongosh');
    const initiate = services['mongo-init']?.command?.at(-1) ?? '';
    for (const member of members) expect(initiate).toContain(`'${member}'`);
    // It can be read as a script at least.
    expect(() => new Script(initiate)).not.toThrow();
  });
});

/** As Compose fills it in for somebody who gave the key only. */
function substituted(value: string): string {
  return value.replaceAll(/\$\{(\w+)(?::-([^}]*)|:\?.*)\}$/g, (_, name: string, otherwise?: string) =>
    name === 'SECRET_KEYS' ? keyring : (otherwise ?? ''),
  );
}

interface Resource {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: { template?: { spec: { containers: Container[] } }; scaleTargetRef?: { name: string } };
}
interface Container {
  command: string[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
}

describe('deploy/kubernetes', async () => {
  const files = (await readdir(join(root, 'deploy/kubernetes'))).filter(
    (file) => file !== 'kustomization.yaml',
  );
  const texts = await Promise.all(files.map((file) => read(`deploy/kubernetes/${file}`)));
  const resources = texts.flatMap((text) =>
    parseAllDocuments(text).map((document) => document.toJS() as Resource),
  );
  const named = (kind: string) => resources.filter((resource) => resource.kind === kind);
  const [config, secret] = [named('ConfigMap')[0], named('Secret')[0]];

  it('its variables are known, and taken as they are', () => {
    const env = { ...config?.data, ...secret?.stringData };
    expectKnown(Object.keys(env));
    readEnv({ ...env, SECRET_KEYS: keyring });
    // The template is refused until somebody has filled it in.
    expect(() => readEnv(env)).toThrow('SECRET_KEYS');
  });

  it('its containers run programs that there are, with these variables', async () => {
    const containers = named('Deployment').flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
    expect(containers).toHaveLength(2);
    for (const { command, envFrom } of containers) {
      await expectProgram(command.join(' '));
      expect(envFrom.map(({ configMapRef, secretRef }) => configMapRef?.name ?? secretRef?.name)).toEqual([
        config?.metadata.name,
        secret?.metadata.name,
      ]);
    }
  });

  it('what refers to a deployment finds it, and all but the template is applied', async () => {
    const deployments = named('Deployment').map(({ metadata }) => metadata.name);
    const target = named('HorizontalPodAutoscaler')[0]?.spec?.scaleTargetRef?.name;
    expect(deployments).toContain(target);
    const { resources: applied } = parse(await read('deploy/kubernetes/kustomization.yaml')) as {
      resources: string[];
    };
    expect([...applied, 'secret.yaml'].sort()).toEqual([...files].sort());
  });
});

describe('deploy/systemd', async () => {
  const units = {
    'interview-webhooks.service': 'dist/main.js',
    'interview-webhooks-worker@.service': 'dist/worker.js',
  };
  const texts = await Promise.all(Object.keys(units).map((name) => read(`deploy/systemd/${name}`)));
  const service = (text: string) => text.slice(text.indexOf('[Service]'), text.indexOf('[Install]'));

  it.each(Object.values(units).map((program, at) => [program, texts[at] ?? '']))(
    '%s is there, and runs with variables that are known',
    async (program, text) => {
      const [, command = ''] = /^ExecStart=(.+)$/m.exec(text) ?? [];
      expect(command).toBe(`/usr/bin/node ${program}`);
      await expectProgram(command);
      const [, env = ''] = /^Environment=(.+)$/m.exec(text) ?? [];
      expectKnown(env.split(' ').map((pair) => pair.split('=', 1)[0] ?? ''));
    },
  );

  it('both are shut off from the machine in the same way', () => {
    const [one = '', other = ''] = texts.map(service);
    expect(other.replace('dist/worker.js', 'dist/main.js')).toBe(one);
  });
});
