import { openDatabase } from '@interview-webhooks/database';
import { readDatabaseAddress } from './database-address.ts';
import { allScopes, type Scope } from '@interview-webhooks/schema';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { readEnv } from '../../src/env.ts';
import { type RunningServer, startServer } from '../../src/server.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
}

export interface CallOptions {
  key?: string | null;
  /** Sent as it is; `body` is sent as JSON. */
  raw?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
  /** Everything logged so far, as text. */
  readonly logged: () => string;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** A workspace of its own with one key. */
  readonly newWorkspace: (scopes?: readonly Scope[]) => Promise<{ key: string; workspaceId: string }>;
  readonly close: () => Promise<void>;
}

/** The real server on a free port, with the embedded database in `dataDir` or in a new directory. */
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
    readEnv({ PORT: '0', DATA_DIR: dataDir, BOOTSTRAP_API_KEY: key, ...env }),
    pino({ level: 'trace' }, sink),
  );
  await server.ready;
  const url = server.address;

  return {
    url,
    key,
    dataDir,
    logged: () => lines.join(''),
    call: (method, path, options = {}) => call(url + path, { method, key, ...options }),
    newWorkspace: (scopes = allScopes) => addWorkspace(dataDir, scopes),
    close: () => server.close(),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      if (!env['DATA_DIR']) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function call(
  url: string,
  { method, key, raw, body, headers }: CallOptions & { method: string },
): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(content !== undefined && { 'content-type': 'application/json' }),
      ...(key && { apiKey: key }),
      ...headers,
    },
    ...(content !== undefined && { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Written straight into the database: no route makes workspaces. */
async function addWorkspace(dataDir: string, scopes: readonly Scope[]) {
  const { uri } = await readDatabaseAddress(dataDir);
  const database = openDatabase(uri, { name: 'interview_webhooks' });
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
