import { openDatabase } from '@interview-webhooks/database';
import { databaseOf, systemProcess } from '@interview-webhooks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The command as an operator gives it, on the machine of the database. */
async function recover(...args: string[]) {
  const env = { DATA_DIR: server.dataDir, LOG_LEVEL: 'warn' };
  const command = systemProcess({ program: 'cli', args: ['keys', 'recover', ...args], env });
  const { code } = await command.exited;
  return { code, stdout: command.stdout(), stderr: command.stderr() };
}

interface Recovered {
  workspace: { id: string; name: string };
  api_key: string;
  api_key_id: string;
}

it('makes an owner key beside a running server, which is in the trail as the operator’s', async () => {
  const { code, stdout, stderr } = await recover('--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { api_key: key, api_key_id, workspace } = JSON.parse(stdout) as Recovered;
  expect(workspace.name).toBe('My workspace');
  const { json: trail } = await server.call('GET', '/ai-interviews/audit?actor=system', { key });
  expect(trail).toMatchObject({
    data: [
      {
        action: 'api-key.recovered',
        actor: { type: 'system', name: 'Operator' },
        target: { type: 'api_key', id: api_key_id },
      },
    ],
  });
});

it('asks which workspace where there are several, and makes a key for the one that is named', async () => {
  const { uri, name } = await databaseOf(server.dataDir);
  const database = openDatabase(uri, { name });
  await database.connect();
  const second = await database.workspaces.create({ name: 'Second', createdAt: new Date() });
  const several = await recover();
  expect(several).toMatchObject({ code: 1, stdout: '' });
  expect(several.stderr).toContain('There are several workspaces; name one with --workspace ID:');
  expect(several.stderr).toContain(`  ${second.id}  Second`);
  const { stdout } = await recover('--workspace', second.id);
  expect(stdout).toMatch(/^API key +iwk_[\w-]{43} {3}\(shown this once: keep it\)\n/);
  expect(stdout).toContain(`Second (${second.id})`);
  expect(await database.apiKeys.countDocuments({ workspaceId: second._id })).toBe(1);
  await database.close();
}, 120_000);
