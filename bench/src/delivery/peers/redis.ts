import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Redis extends AsyncDisposable {
  /** Its socket. */
  readonly path: string;
  readonly pid: number;
}

/** A Redis that has what it acknowledged on disk. @throws Error when there is no redis-server on this machine */
export async function startRedis(): Promise<Redis> {
  const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-redis-'));
  const path = join(directory, 'redis.sock');
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const child = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--dir', directory, ...durable], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const failed = once(child, 'error').then(([cause]) => {
    throw new Error('this case needs redis-server (Debian: apt-get install redis-server)', { cause });
  });
  const listening = (async () => {
    for await (const chunk of child.stdout) if (String(chunk).includes('eady to accept')) return;
    throw new Error('redis-server ended at once');
  })();
  await Promise.race([listening, failed]);
  child.stdout.resume();
  return {
    path,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
