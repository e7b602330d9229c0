import { ObjectId, openDatabase } from '@interview-webhooks/database';
import { testDatabase } from '@interview-webhooks/database/testing';
import { databaseOf, receiver } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLog, loggedError } from '../src/start/create-log.ts';
import { type TestServer, testServer } from './support/test-server.ts';

interface Line {
  msg: string;
  level: number;
  requestId?: string;
  deliveryId?: string;
}

const notStored = 'an attempt could not be made or recorded';

const linesOf = (server: TestServer) =>
  server
    .logged()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

async function logged(server: TestServer, isIt: (line: Line) => boolean): Promise<Line> {
  for (;;) {
    const found = linesOf(server).find(isIt);
    if (found) return found;
    await pause(20);
  }
}

const secrets = {
  password: 'wachtwoord-4b1d',
  header: 'sleutel-77e0',
  misplaced: 'verdwaald-9a3c',
  candidate: 'geheim-kandidaat@example.com',
  answer: 'antwoord-van-de-ontvanger-c0de',
  path: 'pad-met-geheim-51fa',
};

/** Requests that go well, that are refused in odd ways, and that fail because of the database. */
async function driveEverything(server: TestServer, url: string): Promise<string[]> {
  const post = async (path: string, body: unknown) =>
    (await server.call('POST', `/ai-interviews${path}`, { body })).json as Record<string, string>;
  const basic = { type: 'basic', basic: { username: 'u', password: secrets.password } };
  const start = { status: true, url: `${url}/${secrets.path}` };
  await post('/settings/webhooks', { webhooks: { start, submission: start, auth: basic } });
  const { ai_interview_id } = await post('', { ai_interview_name: 'Backend' });
  const own = { webhooks: { auth: { type: 'apikey', apikey: { header: 'X-K', apikey: secrets.header } } } };
  await server.call('PUT', `/ai-interviews/settings/webhooks/${ai_interview_id ?? ''}`, { body: own });
  const { secret } = (await server.call('GET', '/ai-interviews/settings/webhooks/secret')).json as {
    secret: string;
  };
  const { result } = (
    await server.call('POST', '/trpc/apiKeys.create', { body: { name: 'x', scopes: ['settings:read'] } })
  ).json as { result: { data: { api_key: string } } };
  const signedIn = await server.call('POST', '/trpc/session.signIn', {
    key: null,
    body: { api_key: result.data.api_key },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const [, token = ''] = /=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '') ?? [];
  expect(token).not.toBe('');

  await server.call('POST', '/ai-interviews/settings/webhooks', {
    raw: `{"password": "${secrets.misplaced}`,
  });
  await server.call('POST', '/ai-interviews/settings/webhooks', {
    raw: 'x'.repeat(70_000) + secrets.misplaced,
  });
  await server.call('POST', '/trpc/settings.updateWebhookSettings', { raw: `[${secrets.misplaced}` });
  await server.call('GET', `/ai-interviews?text=${secrets.misplaced}`);
  await server.call('GET', `/trpc/interviews.list?input=${secrets.misplaced}`);
  await server.call('GET', '/ai-interviews', { key: secrets.misplaced });
  await server.call('GET', `/%E0%A4%A?${secrets.misplaced}`);
  await server.call('PUT', '/ai-interviews/settings/webhooks', { body: { password: secrets.misplaced } });

  const invite = { ai_interview_id, candidate_name: secrets.candidate, candidate_email: secrets.candidate };
  const { response_id } = await post('/invite', invite);
  await post(`/responses/${response_id ?? ''}/start`, {});
  await logged(server, ({ msg }) => msg === 'attempt');
  const { response_id: second = '' } = await post('/invite', invite);
  await failingToStore(server, second, () => post(`/responses/${second}/start`, {}));
  return [secret, result.data.api_key, token, server.key];
}

/** While the deliveries of a response cannot be stored: the driver's error holds every document that could not be. */
async function failingToStore(
  server: TestServer,
  responseId: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const { uri, name } = await databaseOf(server.dataDir);
  const database = openDatabase(uri, { name });
  await database.connect();
  // An e-mail address is no place on earth.
  const impossible = await database.direct.deliveries.createIndex(
    { candidateEmail: '2dsphere' },
    { partialFilterExpression: { responseId: new ObjectId(responseId) } },
    {},
  );
  await work();
  await logged(server, ({ msg }) => msg === notStored);
  await database.direct.deliveries.dropIndex(impossible);
  await database.close();
}

it('nothing secret and no body is in the log, at its most talkative, whatever fails', async () => {
  await using target = await receiver({ status: 500, headers: { 'x-answer': secrets.answer } });
  await using server = await testServer();
  const made = await driveEverything(server, target.url);
  // What could not be stored was sent before.
  expect(target.received).toHaveLength(2);
  const log = server.logged();
  expect(log).toContain('MongoBulkWriteError');
  for (const secret of [...Object.values(secrets), ...made]) expect(log).not.toContain(secret);
});

it('a line of a request names it, and a line of a delivery names that', async () => {
  await using target = await receiver(500);
  await using server = await testServer();
  await driveEverything(server, target.url);
  const lines = linesOf(server);
  const ofRequests = lines.filter(({ msg }) => msg === 'request');
  expect(ofRequests.length).toBeGreaterThan(10);
  for (const { requestId } of ofRequests) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const id = expect.stringMatching(/^evt_[0-9a-f]{24}_start$/) as string;
  expect(lines.find(({ msg }) => msg === 'attempt')).toMatchObject({
    deliveryId: id,
    attempt: 1,
    status: 500,
    error: 'http-status',
  });
  expect(lines.find(({ msg }) => msg === notStored)).toMatchObject({ deliveryId: id });
});

it('what is named like a secret is not readable, should anybody ever log it', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  log.info(
    { apiKey: 'hidden', auth: { password: 'hidden' }, request: { headers: { cookie: 'hidden' } } },
    'x',
  );
  log.child({ token: 'hidden' }).error({ err: Object.assign(new Error('why'), { body: 'hidden' }) }, 'y');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain('hidden');
  expect(lines.join('')).toContain('"message":"why"');
});

it('what MongoDB and Mongoose quote of a document is not told, and where it was is', async () => {
  await using test = await testDatabase();
  const { workspaces, deliveries } = test.database;
  const [_id, createdAt] = [new ObjectId(), new Date()];
  await workspaces.collection.createIndex({ name: 1 }, { unique: true }, {});
  await workspaces.create({ _id, name: 'geheim', createdAt });
  const works = {
    'a key that is there already': () => workspaces.create({ name: 'geheim', createdAt }),
    'the same in a bulk': () =>
      workspaces.collection.insertMany([{ _id: new ObjectId(), name: 'geheim', createdAt }]),
    'a command that is wrong': () => workspaces.collection.updateOne({ _id }, { $geheim: 1 }),
    'a value of another type': () => deliveries.findOne({ dueAt: 'geheim' }),
    // What the types do not let through.
    'no date': () => workspaces.create({ name: 'geheim', createdAt: 'geheim' as never }),
    'a field that there is not': () => workspaces.findOne({ other: 'geheim' } as never),
  };
  for (const [what, work] of Object.entries(works)) {
    const error: unknown = await work().catch((thrown: unknown) => thrown);
    const told = loggedError(error);
    expect(error, what).toBeInstanceOf(Error);
    expect(told.message, what).toMatch(/^(MongoDB|Mongoose) refused/);
    expect(told.stack ?? '    at ', what).toContain('    at ');
    expect(JSON.stringify(told), what).not.toContain('geheim');
  }
});

it('an error is told with its causes, and nothing that hangs on it', () => {
  const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET', document: 'hidden' });
  expect(loggedError(new Error('outer', { cause }))).toMatchObject({
    type: 'Error',
    message: 'outer',
    cause: { message: 'inner', code: 'ECONNRESET' },
  });
  expect(JSON.stringify(loggedError(new Error('outer', { cause })))).not.toContain('hidden');
  expect(loggedError('hidden')).toEqual({ type: 'string', message: 'thrown without an Error' });
});
