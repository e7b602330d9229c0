import { isLocalMode } from '@interview-webhooks/testing';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { subscribe } from './support/subscription.ts';
import { testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';

async function contentsOf(directory: string): Promise<Buffer[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map((file) => readFile(file)));
}

it('no secret appears in an answer, an error, a log line or the database’s files', async () => {
  await using server = await testServer();
  const password = 'wachtwoord-7f3a9c';
  const headerKey = 'kopje-51be02';
  const misplaced = 'verdwaald-c0ffee';
  const answers: string[] = [];
  const call = async (...args: Parameters<typeof server.call>) => {
    const answer = await server.call(...args);
    answers.push(answer.text, JSON.stringify([...answer.headers]));
    return answer;
  };

  const basic = { type: 'basic', basic: { username: 'user-visible', password } };
  await call('POST', path, { body: { webhooks: { auth: basic } } });
  await call('GET', path);
  await call('POST', path, {
    body: { webhooks: { auth: { type: 'apikey', apikey: { header: 'X-K', apikey: headerKey } } } },
  });
  const { ai_interview_id } = (await call('POST', '/ai-interviews', { body: { ai_interview_name: 'x' } }))
    .json as { ai_interview_id: string };
  await call('PUT', `${path}/${ai_interview_id}`, { body: { webhooks: { auth: basic } } });
  await call('GET', '/trpc/settings.history?input={}');
  // Whole requests are kept for whoever listens to them.
  await using listening = await subscribe({
    url: server.url,
    procedure: 'deliveries.listen',
    input: {},
    headers: { apiKey: server.key },
  });
  await listening.next();
  await call('POST', `${path}/test`, {
    body: { event: 'start', url: 'https://nobody.invalid/hook', auth: basic },
  });
  const heard = await listening.next();
  const authorization = Buffer.from(`user-visible:${password}`).toString('base64');
  expect(JSON.stringify(heard)).toContain(authorization);
  // Refused in every way that could repeat what was sent.
  await call('POST', path, {
    body: {
      webhooks: { auth: { type: misplaced, basic: { username: `a:${misplaced}`, password: [misplaced] } } },
    },
  });
  await call('POST', path, { body: { webhooks: { start: { url: `https://u:${misplaced}@example.com/` } } } });
  await call('POST', path, { raw: `{"password": "${misplaced}` });
  await call('GET', path, { key: misplaced });
  await call('POST', '/trpc/session.signIn', {
    body: { api_key: misplaced },
    headers: { 'sec-fetch-site': 'same-origin' },
  });

  const log = server.logged();
  const { key, dataDir } = server;
  await server.close();
  // A replica set's files are its own, and hold the same as the engine's.
  const files = isLocalMode ? await contentsOf(join(dataDir, 'mongodb')) : [];
  expect(log).toContain('"path":"/ai-interviews/settings/webhooks"');
  expect(files.some((file) => file.includes('user-visible'))).toBe(isLocalMode);
  for (const secret of [password, authorization, headerKey, misplaced, key]) {
    expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
    expect(log).not.toContain(secret);
    expect(files.some((file) => file.includes(secret))).toBe(false);
  }
});
