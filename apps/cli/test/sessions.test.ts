import { startServer, type StartedServer } from '@interview-webhooks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, cli } from './support/cli.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** As the dashboard does; @returns the cookie */
async function signInFrom(userAgent: string): Promise<string> {
  const headers = { origin: server.url, 'sec-fetch-site': 'same-origin', 'user-agent': userAgent };
  const options = { key: null, body: { api_key: server.apiKey }, headers };
  const { status, headers: answered } = await server.call('POST', '/trpc/session.signIn', options);
  expect(status).toBe(200);
  return answered.get('set-cookie')?.split(';')[0] ?? '';
}

async function run(...args: string[]) {
  const result = await cli(['sessions', ...args], { env: at(server) });
  expect(result).toMatchObject({ stderr: '', code: 0 });
  return result;
}

it('are listed with their browser, and ended one by one', async () => {
  expect((await run('list')).stdout).toBe('No sessions.\n');
  const [desk, lost] = [await signInFrom('Desk\u009b2J/1'), await signInFrom('Laptop/1')];
  const settings = async (cookie: string) => {
    const options = { key: null, headers: { cookie } };
    return (await server.call('GET', '/trpc/settings.webhookSettings', options)).status;
  };
  expect([await settings(desk), await settings(lost)]).toEqual([200, 200]);

  const { stdout } = await run('list');
  expect(stdout).toMatch(/^ID +KEY +BEGINS +ADDRESS +STARTED +LAST SEEN +BROWSER\n/);
  expect(stdout).toMatch(/^\w{24} {2}Owner .* 127\.0\.0\.1 .* Laptop\/1$/m);
  // What a browser calls itself controls no terminal.
  expect(stdout).toContain('Desk\ufffd2J/1');
  expect((await run('list', '--limit', '1')).stdout).toMatch(/ Laptop\/1\nMore: --cursor \S+\n$/);
  const listed = (await run('list', '--json')).json();
  expect(listed).toMatchObject({
    data: [{ user_agent: 'Laptop/1', current: false, api_key: { name: 'Owner' } }, {}],
    next_cursor: null,
  });

  const { session_id } = (listed as { data: [{ session_id: string }] }).data[0]; // as matched above
  expect((await run('end', session_id)).stdout).toMatch(/^Ended\.\nId +\w{24}\n[^]*Browser +Laptop\/1\n$/);
  expect([await settings(desk), await settings(lost)]).toEqual([200, 401]);
  const again = await cli(['sessions', 'end', session_id], { env: at(server) });
  expect(again.stderr).toMatch(/^error .*open session/);
  expect(again.code).toBe(1);
});
