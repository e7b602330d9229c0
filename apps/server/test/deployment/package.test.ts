import { startEmbeddedMongo } from '@interview-webhooks/database';
import {
  apiClient,
  isLocalMode,
  receiver,
  systemProcess,
  type SystemProcess,
} from '@interview-webhooks/testing';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../..', import.meta.url));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Outside of the workspace: what an image, or a machine with systemd, runs. */
let folder: string;
let dataDir: string;
const running: SystemProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interview-webhooks-package-'));
  dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-package-data-'));
  await run(process.execPath, [join(root, 'scripts/package.mjs'), folder]);
}, 120_000);
afterEach(stopAll);
afterAll(async () => {
  for (const directory of [folder, dataDir]) {
    await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  }
});

function start(program: 'main' | 'worker', env: Record<string, string>): SystemProcess {
  const started = systemProcess({ directory: folder, program, env });
  running.push(started);
  return started;
}

async function stopAll(): Promise<void> {
  for (const process of running) process.kill('SIGTERM');
  for (const process of running.splice(0)) await process.exited;
}

it('has what runs, and neither tools nor the embedded engine', async () => {
  const packages = (await readdir(join(folder, 'node_modules/.pnpm'))).join('\n');
  expect(packages).toMatch(/^fastify@/m);
  expect(packages).toMatch(/^@interview-webhooks\+dashboard@/m);
  expect(packages).not.toMatch(/^(vite|vitest|typescript|react|turbo|tsx|@0q\+|mongodb-memory-server)/m);
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['LICENSE', 'dist', 'node_modules']));
});

it('serves the dashboard, answers probes and delivers, from that folder alone', async () => {
  const mongo = await startEmbeddedMongo({ dataDir, log: silent });
  await using ats = await receiver();
  const key = 'given-by-the-operator-32-characters-long';
  const env = {
    MONGODB_URI: mongo.uri,
    SECRET_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    BOOTSTRAP_API_KEY: key,
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  };
  const before = await readdir(folder);
  const server = start('main', env);
  const [, url = ''] = await server.printed(/Dashboard +(http:\/\/\S+)\n/);
  const worker = start('worker', env);
  await worker.printed(/Delivering/);

  expect(await probes(url)).toEqual({ '/healthz': 200, '/readyz': 200 });
  await run(process.execPath, await healthCheck(), { env: { PORT: new URL(url).port } });
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  const [script = ''] = /\/assets\/[\w.-]+\.js/.exec(await page.text()) ?? [];
  expect((await fetch(url + script)).headers.get('content-type')).toContain('javascript');

  const client = apiClient(url, key);
  await client.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: { start: { status: true, url: `${ats.url}/hook` } },
  });
  const { ai_interview_id } = (await client.rest('POST', '/ai-interviews', {
    ai_interview_name: 'Backend',
  })) as {
    ai_interview_id: string;
  };
  const candidate = { ai_interview_id, candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const { response_id } = (await client.rest('POST', '/ai-interviews/invite', candidate)) as {
    response_id: string;
  };
  await client.rest('POST', `/ai-interviews/responses/${response_id}/start`);
  await ats.until(() => ats.received.length === 1);
  expect(ats.received[0]?.headers['webhook-id']).toBe(`evt_${response_id}_start`);

  await stopAll();
  await mongo.close();
  // It wrote nothing into its own folder.
  expect(await readdir(folder)).toEqual(before);
});

it('the check of the image fails where nothing is ready', async () => {
  await expect(run(process.execPath, await healthCheck(), { env: { PORT: '9' } })).rejects.toThrow();
});

it.runIf(isLocalMode)('without MONGODB_URI it says that it needs one', async () => {
  const server = start('main', { DATA_DIR: join(dataDir, 'local') });
  expect((await server.exited).code).toBe(1);
  expect(server.stderr()).toContain('Set MONGODB_URI to a MongoDB server instead.');
});

/** What Kubernetes asks, and how it is answered. */
async function probes(url: string): Promise<Record<string, number>> {
  const manifest = await readFile(join(root, 'deploy/kubernetes/server.yaml'), 'utf8');
  const paths = [...manifest.matchAll(/httpGet: \{ path: (\S+),/g)].map(([, path = '']) => path);
  const answers = await Promise.all(paths.map(async (path) => [path, (await fetch(url + path)).status]));
  return Object.fromEntries(answers) as Record<string, number>;
}

/** The arguments that the image's health check gives to Node. */
async function healthCheck(): Promise<string[]> {
  const [, command = '[]'] =
    /^ +CMD (\["node".*)$/m.exec(await readFile(join(root, 'Dockerfile'), 'utf8')) ?? [];
  return (JSON.parse(command) as string[]).slice(1);
}
