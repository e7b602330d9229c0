import { nonPublicKind } from '@interview-webhooks/domain';
import { access, readdir, readFile } from 'node:fs/promises';
import { BlockList, isIPv6 } from 'node:net';
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

  it('is made of a version that does not move by itself', async () => {
    const images = [...(await read('Dockerfile')).matchAll(/NODE_IMAGE=(\S+)/g)].map(([, image]) => image);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/^node:\d+\.\d+\.\d+-/);
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
  const ours = Object.entries(services).filter(([, { image }]) => image.startsWith('interview-webhooks:'));

  it.each(ours)('%s runs a program that there is, with an environment that it takes', async (_, service) => {
    if (service.command) await expectProgram(service.command.join(' '));
    expectKnown(Object.keys(service.environment ?? {}));
    const env = Object.entries(service.environment ?? {}).map(([name, value]) => [name, substituted(value)]);
    readEnv(Object.fromEntries(env) as Record<string, string>);
  });

  it('names each image by its version, and ours by that of this commit', async () => {
    const { version } = JSON.parse(await read('package.json')) as { version: string };
    for (const { image } of Object.values(services)) expect(image).toMatch(/:\d+\.\d+\.\d+$/);
    expect(ours.map(([name, { image }]) => [name, image])).toEqual([
      ['migrate', `interview-webhooks:${version}`],
      ['server', `interview-webhooks:${version}`],
      ['worker', `interview-webhooks:${version}`],
    ]);
  });

  it('does not start without a key, and says how to make one', () => {
    for (const [, { environment }] of ours) {
      expect(environment?.['SECRET_KEYS']).toMatch(/^\$\{SECRET_KEYS:\?.*openssl rand -base64 32/);
    }
  });

  it('starts what is waited for first', () => {
    const waitsFor = (name: string) => services[name]?.depends_on ?? {};
    expect(waitsFor('worker')).toEqual({ server: { condition: 'service_healthy' } });
    expect(waitsFor('server')).toEqual({ migrate: { condition: 'service_completed_successfully' } });
    expect(waitsFor('migrate')).toEqual({ 'mongo-init': { condition: 'service_completed_successfully' } });
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
  image: string;
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
    readEnv({ ...env, SECRET_KEYS: keyring, BOOTSTRAP_API_KEY: 'k'.repeat(32) });
    expect(Object.keys(secret?.stringData ?? {})).toContain('BOOTSTRAP_API_KEY');
    // The template is refused until somebody has filled all of it in.
    expect(() => readEnv({ ...env, BOOTSTRAP_API_KEY: 'k'.repeat(32) })).toThrow('SECRET_KEYS');
    expect(() => readEnv({ ...env, SECRET_KEYS: keyring })).toThrow('BOOTSTRAP_API_KEY');
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

  it('its image is named by the version of this commit', async () => {
    const { version } = JSON.parse(await read('package.json')) as { version: string };
    const [migration] = named('Job')[0]?.spec?.template?.spec.containers ?? [];
    expect(migration?.image).toBe(`interview-webhooks:${version}`);
    const { images } = parse(await read('deploy/kubernetes/kustomization.yaml')) as { images: unknown };
    expect(images).toEqual([{ name: 'interview-webhooks', newTag: version }]);
  });

  it('what prepares the database is a program that there is, with a secret of its own', async () => {
    const [migration] = named('Job')[0]?.spec?.template?.spec.containers ?? [];
    await expectProgram(migration?.command.join(' ') ?? '');
    // Neither the sealing keys nor the first API key.
    expect(migration?.envFrom).toEqual([{ secretRef: { name: 'interview-webhooks-migrate' } }]);
    expect(texts.join('\n')).toContain('secret generic interview-webhooks-migrate');
  });

  it('what refers to a deployment finds it, and all but the template and the step of its own is applied', async () => {
    const deployments = named('Deployment').map(({ metadata }) => metadata.name);
    const target = named('HorizontalPodAutoscaler')[0]?.spec?.scaleTargetRef?.name;
    expect(deployments).toContain(target);
    const { resources: applied } = parse(await read('deploy/kubernetes/kustomization.yaml')) as {
      resources: string[];
    };
    expect([...applied, 'migrate.yaml', 'secret.yaml'].sort()).toEqual([...files].sort());
  });
});

/** One address of each /16 of IPv4 and of each /12 of IPv6, and those that lie alone. */
function addressesEverywhere(): string[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const v4 = numbers(256).flatMap((first) => numbers(256).map((second) => `${first}.${second}.7.7`));
  const v6 = numbers(4096).map((head) => `${(head * 16).toString(16)}::7`);
  const alone = ['168.63.129.16', '192.0.0.192', '192.0.2.1', '192.88.99.1', '198.51.100.1', '203.0.113.1'];
  const tunnels = [
    '2001::1',
    '2001:db8::1',
    '2002:a00:1::',
    '3fff:1::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
  ];
  return [...v4, ...v6, ...alone, ...tunnels];
}

/** Nothing that the guard refuses may pass, and nothing that it lets through may be held up. */
function expectAsTheGuard(passes: (address: string) => boolean): void {
  const wrong = addressesEverywhere().filter(
    (address) => passes(address) !== (nonPublicKind(address) === null),
  );
  expect(wrong).toEqual([]);
}

/** Whether an address lies in one of `networks`, by Node's own reckoning. */
function among(networks: readonly string[]): (address: string) => boolean {
  const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
  // One list for both would take each IPv4 address for an IPv6 one as well.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/');
    lists[familyOf(base)].addSubnet(base, Number(bits), familyOf(base));
  }
  return (address) => lists[familyOf(address)].check(address, familyOf(address));
}

interface EgressRule {
  to: { ipBlock?: { cidr: string; except: string[] } }[];
}

it('the network policy lets packets go where the guard lets webhooks go', async () => {
  const [policy] = parseAllDocuments(await read('deploy/kubernetes/network-policy.yaml'));
  const { spec } = policy?.toJS() as { spec: { policyTypes: string[]; egress: EgressRule[] } };
  expect(spec.policyTypes).toEqual(['Egress']);
  const blocks = spec.egress.flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock ?? []));
  const open = blocks.map(({ cidr, except }) => [among([cidr]), among(except)] as const);
  expectAsTheGuard((address) => open.some(([within, without]) => within(address) && !without(address)));
});

describe('deploy/systemd', async () => {
  const units = {
    'interview-webhooks-migrate.service': 'dist/migrate.js',
    'interview-webhooks.service': 'dist/main.js',
    'interview-webhooks-worker@.service': 'dist/worker.js',
  };
  const texts = await Promise.all(Object.keys(units).map((name) => read(`deploy/systemd/${name}`)));
  const service = (text: string) => text.slice(text.indexOf('[Service]')).replace(/\n\[Install\][^]*/, '');

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

  it('lets packets go where the guard lets webhooks go, and to the machine itself', () => {
    for (const text of texts) {
      const denied = [...text.matchAll(/^IPAddressDeny=(.+)$/gm)].flatMap(([, list = '']) => list.split(' '));
      expect(text).toMatch(/^IPAddressAllow=localhost$/m);
      const isDenied = among([...denied, '127.0.0.0/8', '::1/128']);
      expectAsTheGuard((address) => !isDenied(address));
    }
  });

  it('all are shut off from the machine in the same way', () => {
    const [migration = '', server = '', worker = ''] = texts.map(service);
    expect(worker.replace('dist/worker.js', 'dist/main.js')).toBe(server);
    const shutOff = (text: string) => text.slice(text.indexOf('# It reads its own folder'));
    expect(shutOff(migration)).toBe(shutOff(server));
  });
});
