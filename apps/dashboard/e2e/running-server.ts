import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The built server on a database of its own, with one workspace and its owner key. */
export interface RunningServer extends AsyncDisposable {
  /** Without a slash at the end. */
  url: string;
  apiKey: string;
  /** Calls the REST API with the owner key. */
  rest: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

const main = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;

export async function startServer(): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-e2e-'));
  const apiKey = `iwk_${randomBytes(24).toString('hex')}`;
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, BOOTSTRAP_API_KEY: apiKey, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  // A test run that breaks off takes its servers with it.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    process.off('exit', kill);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await Promise.race([addressIn(child.stdout), exited.then(neverStarted)]);
    const ready = await fetch(`${url}/readyz`);
    if (!ready.ok) throw new Error(`the server says where it is but is not ready: ${ready.status}`);
    return { url, apiKey, rest: restClient(url, apiKey), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [url] = ADDRESS.exec(line) ?? [];
    if (url !== undefined) {
      // Or it would stop the server once the pipe is full.
      output.resume();
      return url;
    }
  }
  return neverStarted();
}

function neverStarted(): never {
  throw new Error('the server ended before it said where it is; build it first: pnpm turbo run build');
}

function restClient(url: string, apiKey: string): RunningServer['rest'] {
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}
