import { DatabaseUnusableError, openDatabase } from '@interview-webhooks/database';
import {
  apiClient,
  type Credentials,
  receiver,
  requireMongod,
  securedDatabase,
  type SecuredDatabase,
  systemProcess,
  type SystemProcess,
} from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { mongoshBlock, userCommands } from './support/mongosh-block.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 240_000 });

const NAME = 'interview_webhooks';
const key = 'given-by-the-operator-32-characters-long';
/** With what has to be written otherwise in an address. */
const password = () => `p@ss:w/rd%${randomBytes(12).toString('hex')}`;
const runtime: Credentials = { user: 'interview-webhooks', password: password() };
const migrating: Credentials = { user: 'interview-webhooks-migrate', password: password() };

let database: SecuredDatabase;
const running: SystemProcess[] = [];
beforeAll(async () => {
  database = await securedDatabase(await requireMongod());
  const script = await mongoshBlock('db.createUser(');
  for (const { database: name, command } of userCommands(script, [runtime.password, migrating.password])) {
    await database.run(name, command);
  }
}, 120_000);
afterEach(async () => {
  for (const process of running) process.kill('SIGTERM');
  for (const process of running.splice(0)) await process.exited;
});
afterAll(() => database[Symbol.asyncDispose]());

type Program = 'main' | 'worker' | 'migrate';

function start(program: Program, MONGODB_URI: string, env: Record<string, string> = {}): SystemProcess {
  const secrets = { SECRET_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`, BOOTSTRAP_API_KEY: key };
  const started = systemProcess({
    program,
    env: { MONGODB_URI, LOG_LEVEL: 'warn', ...(program !== 'migrate' && secrets), ...env },
  });
  running.push(started);
  return started;
}

/** What it says, and that it ends by itself with 1. */
async function refusal(program: Program, uri: string): Promise<string> {
  const ending = start(program, uri);
  expect(await ending.exited).toEqual({ code: 1, signal: null });
  const said = ending.stdout() + ending.stderr();
  for (const secret of [runtime.password, encodeURIComponent(runtime.password), 'mongodb://']) {
    expect(said).not.toContain(secret);
  }
  return ending.stderr();
}

async function migrated(): Promise<string> {
  const migration = start('migrate', database.uri(NAME, migrating));
  const { code } = await migration.exited;
  expect(migration.stderr()).toBe('');
  expect(code).toBe(0);
  return migration.stdout();
}

it('says what is missing and what makes it, where the user may not', async () => {
  for (const program of ['main', 'worker'] as const) {
    const said = await refusal(program, database.uri(NAME, runtime));
    expect(said).toContain('`interview-webhooks migrate`');
    for (const index of ['deliveries.dueAt_1', 'webhook_settings.workspaceId_1_revision_-1']) {
      expect(said.slice(said.indexOf('missing indexes: '))).toContain(index);
    }
  }
});

it('migrate makes them, with a user who may read nothing, and finds nothing to do the second time', async () => {
  expect(await migrated()).toMatch(/^making \w+\.\w+\n[^]*Indexes: \d\d made, 0 dropped, 0 were there\.\n$/);
  expect(await migrated()).toMatch(
    /^The database is prepared [^\n]* 0 made, 0 dropped, \d\d were there\.\n$/,
  );
});

it('server and worker then do all they have to, with a user who may only read and write', async () => {
  await using ats = await receiver();
  const uri = database.uri(NAME, runtime);
  const env = { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };
  const server = start('main', uri, env);
  const [, url = ''] = await server.printed(/Dashboard +(http:\/\/\S+)\n/);
  const worker = start('worker', uri, env);
  await worker.printed(/Delivering/);
  const api = apiClient(url, key);
  expect((await api.call('GET', '/readyz')).status).toBe(200);
  await api.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: {
      start: { status: true, url: ats.url },
      auth: { type: 'basic', basic: { username: 'u', password: 'p' } },
    },
  });
  const interview = await api.rest('POST', '/ai-interviews', { ai_interview_name: 'Backend' });
  const { ai_interview_id } = interview as { ai_interview_id: string }; // as documented
  const candidate = { ai_interview_id, candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const { response_id } = (await api.rest('POST', '/ai-interviews/invite', candidate)) as {
    response_id: string;
  }; // the same
  await api.rest('POST', `/ai-interviews/responses/${response_id}/start`);
  await ats.until(() => ats.received.length === 1);
  const delivery = `/ai-interviews/webhooks/deliveries/evt_${response_id}_start`;
  await expect.poll(async () => (await api.call('GET', delivery)).json).toMatchObject({ state: 'delivered' });
  for (const path of [
    '/ai-interviews/webhooks/overview?range=24h',
    '/ai-interviews/audit',
    '/ai-interviews?text=back',
  ]) {
    expect((await api.call('GET', path)).status).toBe(200);
  }
  const redelivery = await api.rest('POST', '/ai-interviews/webhooks/redeliveries', { state: 'delivered' });
  const { redelivery_id } = redelivery as { redelivery_id: string }; // the same
  await ats.until(() => ats.received.length === 2);
  await expect
    .poll(async () => (await api.call('GET', `/ai-interviews/webhooks/redeliveries/${redelivery_id}`)).json)
    .toMatchObject({ state: 'completed' });
  for (const args of [
    ['secrets', 'rotate'],
    ['keys', 'recover'],
  ]) {
    const SECRET_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
    const atDatabase = systemProcess({
      program: 'cli',
      args,
      env: { MONGODB_URI: uri, SECRET_KEYS, LOG_LEVEL: 'warn' },
    });
    expect((await atDatabase.exited).code).toBe(0);
  }
  // Beside what was asked for, sweeps and retention have run: nothing was refused to any of them.
  expect(server.stderr() + worker.stderr()).toBe('');
});

it('neither user may do more than it was granted', async () => {
  const code = async (name: string, command: Record<string, unknown>, who: Credentials) => {
    const refused = await database.run(name, command, who).catch((error: unknown) => error);
    return refused instanceof Error && 'code' in refused ? refused.code : 'allowed';
  };
  const UNAUTHORIZED = 13;
  const index = { createIndexes: 'responses', indexes: [{ key: { x: 1 }, name: 'x' }] };
  for (const command of [index, { drop: 'responses' }, { dropDatabase: 1 }, { collMod: 'responses' }]) {
    expect(await code(NAME, command, runtime)).toBe(UNAUTHORIZED);
  }
  for (const who of [runtime, migrating]) {
    expect(await code(NAME, { usersInfo: 1 }, who)).toBe(UNAUTHORIZED);
  }
  for (const command of [
    { find: 'responses' },
    { insert: 'responses', documents: [{}] },
    { drop: 'responses' },
  ]) {
    expect(await code(NAME, command, migrating)).toBe(UNAUTHORIZED);
  }
  const elsewhere = {
    aggregate: 'users',
    pipeline: [{ $lookup: { from: { db: 'other', coll: 'x' }, as: 'x', pipeline: [] } }],
    cursor: {},
  };
  expect(await code(NAME, elsewhere, runtime)).not.toBe('allowed');
  // What wakes workers in other processes.
  for (const changed of ['responses', 1]) {
    const watching = { aggregate: changed, pipeline: [{ $changeStream: {} }], cursor: {} };
    expect(await code(NAME, watching, runtime)).toBe('allowed');
  }
});

it('an index that this version replaces is dropped by migrate, and one that is another one is named', async () => {
  const old = { createIndexes: 'deliveries', indexes: [{ key: { expiresAt: 1 }, name: 'expiresAt_1' }] };
  await database.run(NAME, old);
  const said = await refusal('main', database.uri(NAME, runtime));
  expect(said).toContain('indexes to be dropped: deliveries.expiresAt_1\n');
  expect(said).not.toContain('missing');
  expect(await migrated()).toMatch(/^dropping deliveries\.expiresAt_1\n.* 0 made, 1 dropped, /);

  await database.run(NAME, { dropIndexes: 'sessions', index: 'hash_1' });
  await database.run(NAME, { createIndexes: 'sessions', indexes: [{ key: { hash: 1 }, name: 'hash_1' }] });
  expect(await refusal('worker', database.uri(NAME, runtime))).toContain(
    'missing indexes: sessions.hash_1\n',
  );
  const other = await refusal('migrate', database.uri(NAME, migrating));
  expect(other).toContain("db.getCollection('sessions').dropIndex('hash_1')");
  await database.run(NAME, { dropIndexes: 'sessions', index: 'hash_1' });
  expect(await migrated()).toMatch(/making sessions\.hash_1\n/);
});

it('a wrong password, an unknown CA, another host name and a missing file end the start with what to do', async () => {
  const tls = { tls: 'true' };
  const wrong: [said: RegExp, uri: string][] = [
    [
      /refuses the user name or the password/,
      database.uri(NAME, { ...runtime, password: `${runtime.password}x` }),
    ],
    [/refuses the user name or the password/, database.uri('admin', runtime)],
    [/certificate is not accepted.*tlsCAFile/, database.uri(NAME, runtime, { query: tls })],
    [/certificate is for another host name[^]*localhost/, database.uri(NAME, runtime, { host: 'localhost' })],
    [
      /names the file \/nowhere\/ca\.pem/,
      database.uri(NAME, runtime, { query: { ...tls, tlsCAFile: '/nowhere/ca.pem' } }),
    ],
  ];
  for (const [said, uri] of wrong) {
    const database = openDatabase(uri);
    const refused = await database.connect().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DatabaseUnusableError);
    expect(String(refused)).toMatch(said);
    await database.close();
  }
  for (const [at, program] of (['main', 'worker', 'migrate'] as const).entries()) {
    const [said = /$^/, uri = ''] = wrong[2 * at] ?? [];
    expect(await refusal(program, uri)).toMatch(said);
  }
});

it('where the address forgets TLS, the server waits and asks about it', async () => {
  const waiting = start('main', database.uri(NAME, runtime, { query: {} }), { LOG_LEVEL: 'error' });
  await expect
    .poll(() => waiting.stderr())
    .toContain('does the server ask for TLS (tls=true in MONGODB_URI)?');
  expect(waiting.stderr()).not.toContain(runtime.password);
});
