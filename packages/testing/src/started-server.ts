import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiClient, type ApiClient } from './api-client.ts';
import { documentedAnswers } from './documented.ts';
import { type ProcessOptions, systemProcess, type SystemProcess } from './system-process.ts';

/** A server that is ready, with its owner's key. Disposing of it stops it. */
export interface StartedServer extends SystemProcess, ApiClient, AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
}

export interface ServerOptions extends Partial<Pick<ProcessOptions, 'env' | 'nodeArgs'>> {
  /** Stays when the server is disposed of. Without it the server has a directory of its own, which does not. */
  dataDir?: string;
}

/** Starts the server as its own process, in local mode unless the run has a replica set. */
export async function startServer({
  env = {},
  nodeArgs = [],
  dataDir,
}: ServerOptions = {}): Promise<StartedServer> {
  const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'interview-webhooks-server-')));
  const apiKey = env['BOOTSTRAP_API_KEY'] ?? `test_${randomBytes(24).toString('base64url')}`;
  const server = systemProcess({
    env: { LOG_LEVEL: 'warn', DATA_DIR: directory, BOOTSTRAP_API_KEY: apiKey, ...env },
    nodeArgs,
  });
  const stop = async () => {
    server.kill('SIGTERM');
    await server.exited;
    // After a server that was killed, the database is still closing its files.
    if (dataDir === undefined) await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  };
  try {
    // Printed when everything is ready.
    const [, url = ''] = await server.printed(/Dashboard +(http:\/\/\S+)\n/);
    const client = apiClient(url, apiKey, await documentedAnswers(url));
    return { ...server, ...client, url, apiKey, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
