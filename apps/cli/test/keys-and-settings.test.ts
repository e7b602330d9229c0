import { apiClient, startServer, type StartedServer } from '@interview-webhooks/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, cli, type CliOptions } from './support/cli.ts';

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** As the owner, who expects it to work. */
async function run(args: readonly string[], { env, input }: CliOptions = {}) {
  const result = await cli(args, { env: { ...at(server), ...env }, ...(input !== undefined && { input }) });
  expect(result.stderr).toBe('');
  expect(result.code).toBe(0);
  return result;
}

interface Created {
  api_key: string;
  api_key_id: string;
}

describe('keys', () => {
  it('are made, shown once, listed as the API has them, and revoked', async () => {
    const made = await run([
      'keys',
      'create',
      '--name',
      'ATS',
      '--scopes',
      'interviews:read, settings:read',
      '--json',
    ]);
    const { api_key, api_key_id } = made.json() as Created;
    const asKey = apiClient(server.url, api_key);
    expect((await asKey.call('GET', '/ai-interviews')).status).toBe(200);
    const list = await run(['keys', 'list', '--json']);
    expect(list.json()).toMatchObject({
      data: [{ api_key_id, name: 'ATS', scopes: ['settings:read', 'interviews:read'] }, {}],
      next_cursor: null,
    });
    expect(list.stdout).not.toContain(api_key);
    const table = await run(['keys', 'list']);
    expect(table.stdout.split('\n')[0]).toMatch(/^ID +NAME +BEGINS +SCOPES/);
    expect(table.stdout).toMatch(new RegExp(`^${api_key_id}  ATS `, 'm'));
    expect((await run(['keys', 'revoke', api_key_id])).stdout).toMatch(/Revoked +20\d\d-/);
    expect((await asKey.call('GET', '/ai-interviews')).status).toBe(401);
  });

  it('are shown to people with what they may do', async () => {
    const args = ['keys', 'create', '--name', 'Deploy', '--scopes', 'settings:write'];
    const { stdout } = await run([...args, '--expires-at', '2099-01-01T00:00:00Z']);
    expect(stdout).toMatch(/^API key +iwk_[\w-]{43} {3}\(shown this once: keep it\)\n/);
    expect(stdout).toMatch(/^Expires +2099-01-01 00:00:00Z$/m);
  });

  it('are named with what they created before that lives on, and end with it where that is asked for', async () => {
    const make = async (name: string, apiKey: string) => {
      const args = ['keys', 'create', '--name', name, '--scopes', 'keys:manage', '--json'];
      return (await run(args, { env: { INTERVIEW_WEBHOOKS_API_KEY: apiKey } })).json() as Created;
    };
    const agency = await make('Agency', server.apiKey);
    const child = await make('Child', agency.api_key);
    const grandchild = await make('Grandchild', child.api_key);
    expect((await run(['keys', 'list'])).stdout).toMatch(/^\S+ {2}Child .* Agency /m);
    const alone = await cli(['keys', 'revoke', grandchild.api_key_id], { env: at(server) });
    expect(alone).toMatchObject({ code: 0, stderr: '' });
    const kept = await cli(['keys', 'revoke', agency.api_key_id], { env: at(server) });
    expect(kept.stderr).toBe(
      `It created keys that work: Child (${child.api_key_id}). --include-created ends them as well.\n`,
    );
    expect((await apiClient(server.url, child.api_key).call('GET', '/ai-interviews/audit')).status).toBe(200);
    const both = await run(['keys', 'revoke', agency.api_key_id, '--include-created']);
    expect(both.stdout).toMatch(new RegExp(`^Also revoked +Child \\(${child.api_key_id}\\)$`, 'm'));
    expect((await apiClient(server.url, child.api_key).call('GET', '/ai-interviews/audit')).status).toBe(401);
  });

  it('come by pages, or all at once', async () => {
    const first = (await run(['keys', 'list', '--limit', '1', '--json'])).json() as { next_cursor: string };
    const second = await run(['keys', 'list', '--limit', '1', '--cursor', first.next_cursor]);
    expect(second.stdout).toMatch(/\nMore: --cursor \S+\n$/);
    const all = (await run(['keys', 'list', '--limit', '1', '--all', '--json'])).json() as {
      data: Created[];
    };
    expect(all.data.length).toBeGreaterThan(2);
    expect(all).toMatchObject({ next_cursor: null });
  });
});

describe('what the server refuses ends with 1, with everything it said', () => {
  it('every field, and the request', async () => {
    const args = ['keys', 'create', '--name', '', '--scopes', 'all', '--expires-at', 'soon'];
    const { code, stdout, stderr } = await cli(args, { env: at(server) });
    expect(stderr).toContain('error The request is not valid');
    expect(stderr).toContain('  name must not be empty');
    expect(stderr).toMatch(/^ {2}scopes\.0 must be one of "settings:read"/m);
    expect(stderr).toContain('  expires_at must be a date and time');
    expect(stderr).toMatch(/ {2}request [0-9a-f-]{36}\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('as JSON, what the API answered', async () => {
    const args = ['settings', 'get', '--interview', '0'.repeat(24), '--json'];
    const { code, stdout, stderr } = await cli(args, { env: at(server) });
    expect(JSON.parse(stderr)).toMatchObject({ code: 'not-found', status: 404, requestId: /./ });
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('a wrong key, with what to do; it is never repeated', async () => {
    const env = { ...at(server), INTERVIEW_WEBHOOKS_API_KEY: 'sleutel-7f3a9c' };
    const { code, stdout, stderr } = await cli(['settings', 'get'], { env });
    expect(stderr).toContain('The API key is not valid. Set INTERVIEW_WEBHOOKS_API_KEY');
    expect(stdout + stderr).not.toContain('sleutel');
    expect(code).toBe(1);
  });

  it('a key that may not, with the scope it lacks', async () => {
    const made = await run(['keys', 'create', '--name', 'Reader', '--scopes', 'settings:read', '--json']);
    const { api_key } = made.json() as Created;
    // Given as an argument, and before the command.
    const { code, stderr } = await cli(['--api-key', api_key, '--url', server.url, 'keys', 'list']);
    expect(stderr).toContain('keys:manage');
    expect(code).toBe(1);
  });

  it('what is no server of ours', async () => {
    const env = { ...at(server), INTERVIEW_WEBHOOKS_URL: `${server.url}/docs` };
    const { code, stderr } = await cli(['settings', 'get'], { env });
    expect(stderr).toMatch(/^error .*is --url right\?|There is nothing at this address/);
    expect(code).toBe(1);
  });
});

describe('settings', () => {
  it('are set by options, and what is not given stays', async () => {
    const url = 'https://example.com/start';
    await run(['settings', 'set', '--start', 'on', '--start-url', url, '--submission-url', `${url}?s`]);
    const { stdout } = await run(['settings', 'set', '--submission', 'on', '--start', 'off', '--update-all']);
    expect(stdout).toBe(`Start       off  ${url}\nSubmission  on  ${url}?s\nAuth        none\n`);
    await run(['settings', 'set', '--start-url', '']);
    const settings = (await run(['settings', 'get', '--json'])).json();
    expect(settings).toEqual(await server.rest('GET', '/ai-interviews/settings/webhooks'));
    expect(settings).toMatchObject({ webhooks: { start: { status: false, url: null } } });
    const { stdout: history } = await run(['settings', 'history', '--limit', '2']);
    expect(history).toMatch(/^REVISION +AT +BY +WHAT +START +SUBMISSION +AUTH\n/);
    expect(history).toMatch(/ updated, for all +off /);
    expect(history).toMatch(/\nMore: --cursor \S+\n$/);
  });

  it('take a secret from stdin or the environment, and never show it', async () => {
    const password = 'wachtwoord-7f3a9c';
    const basic = await run(['settings', 'set', '--auth', 'basic', '--username', 'ats', '--password-stdin'], {
      input: `${password}\n`,
    });
    expect(basic.stdout).toContain('basic, user ats, password stored');
    expect(basic.stdout).not.toContain(password);
    const sent = await server.rest('POST', '/ai-interviews/settings/webhooks/test', {
      event: 'start',
      url: `${server.url}/inbox/settings`,
    });
    expect(sent).toMatchObject({ status: 200 });
    const apikey = await run(['settings', 'set', '--auth', 'apikey', '--header', 'x-key'], {
      env: { INTERVIEW_WEBHOOKS_AUTH_APIKEY: 'kopje-51be02' },
    });
    expect(apikey.stdout).toContain('API key in the header x-key, stored');
    // A variable that lies around changes nothing by itself.
    const other = await run(['settings', 'set', '--start', 'off'], {
      env: { INTERVIEW_WEBHOOKS_AUTH_PASSWORD: password },
    });
    expect(other.stdout).toContain('API key in the header x-key');
    expect((await run(['settings', 'set', '--auth', 'none'])).stdout).toContain('Auth        none');
  });

  it('are set for one AI interview, and taken from a file or stdin as the API has them', async () => {
    const { ai_interview_id } = (await server.rest('POST', '/ai-interviews', { ai_interview_name: 'x' })) as {
      ai_interview_id: string;
    };
    const interview = ['--interview', ai_interview_id];
    const own = { webhooks: { submission: { status: true, url: 'https://example.com/own' } } };
    await run(['settings', 'set', ...interview, '--file', '-'], { input: JSON.stringify(own) });
    const shown = await run(['settings', 'get', ...interview, '--json']);
    expect(shown.json()).toMatchObject(own);
    expect((await run(['settings', 'get', '--json'])).json()).not.toMatchObject(own);
    const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-cli-'));
    try {
      const file = join(directory, 'settings.json');
      await writeFile(file, shown.stdout);
      expect((await run(['settings', 'set', '--file', file, '--json'])).json()).toMatchObject(own);
      await writeFile(file, '{"webhooks":');
      const { code, stderr } = await cli(['settings', 'set', '--file', file], { env: at(server) });
      expect(stderr).toContain(`${file} is not JSON.`);
      expect(code).toBe(2);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
