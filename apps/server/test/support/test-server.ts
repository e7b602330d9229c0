import { openDatabase } from '@interview-webhooks/database';
import { allScopes, type Scope } from '@interview-webhooks/schema';
import {
  type ApiClient,
  apiClient,
  databaseOf,
  documentedAnswers,
  onRunDatabase,
} from '@interview-webhooks/testing';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readEnv } from '../../src/env.ts';
import { createLog } from '../../src/start/create-log.ts';
import { type RunningServer, startServer } from '../../src/server.ts';

export interface TestServer extends ApiClient, AsyncDisposable {
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
  /** Where it serves its metrics, if it was asked to. */
  readonly metricsUrl: string | undefined;
  /** Everything logged so far, as text. */
  readonly logged: () => string;
  /** A workspace of its own with one key. */
  readonly newWorkspace: (scopes?: readonly Scope[]) => Promise<{ key: string; workspaceId: string }>;
  readonly close: () => Promise<void>;
}

/**
 * The real server on a free port, with the embedded database in `DATA_DIR` or in a new directory, or with one on the run's
 * replica set.
 */
export async function testServer(env: Record<string, string> = {}): Promise<TestServer> {
  const dataDir = env['DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'interview-webhooks-server-')));
  const key = env['BOOTSTRAP_API_KEY'] ?? `test_${randomBytes(24).toString('base64url')}`;
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const server: RunningServer = await startServer(
    readEnv(onRunDatabase({ PORT: '0', DATA_DIR: dataDir, BOOTSTRAP_API_KEY: key, ...env })),
    createLog('trace', sink),
  );
  await server.ready;
  const url = server.address;

  return {
    url,
    key,
    dataDir,
    metricsUrl: server.metricsUrl,
    logged: () => lines.join(''),
    ...apiClient(url, key, await documentedAnswers(url)),
    newWorkspace: (scopes = allScopes) => addWorkspace(dataDir, scopes),
    close: () => server.close(),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      if (!env['DATA_DIR']) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Written straight into the database: no route makes workspaces. */
async function addWorkspace(dataDir: string, scopes: readonly Scope[]) {
  const { uri, name } = await databaseOf(dataDir);
  const database = openDatabase(uri, { name });
  await database.connect();
  try {
    const workspace = await database.workspaces.create({ name: 'Other', createdAt: new Date() });
    const key = `other_${randomBytes(24).toString('base64url')}`;
    await database.apiKeys.create({
      workspaceId: workspace._id,
      name: 'Other owner',
      prefix: key.slice(0, 8),
      hash: createHash('sha256').update(key).digest('hex'),
      scopes: [...scopes],
      createdAt: new Date(),
    });
    return { key, workspaceId: workspace._id.toHexString() };
  } finally {
    await database.close();
  }
}
