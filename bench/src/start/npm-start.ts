import { freePort } from '@interview-webhooks/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { monotonicMs } from '../system/monotonic-ms.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const LOOK_EVERY_MS = 20;

/** Runs `npm start` until it is ready, and ends it. @returns how long that took, in milliseconds */
export async function npmStart(dataDir: string): Promise<number> {
  const port = await freePort();
  const began = monotonicMs();
  // eslint-disable-next-line no-restricted-properties -- npm finds its own way by it
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn', MONGODB_URI: '' };
  const child = spawn('npm', ['start'], { cwd: root, env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  try {
    await untilReady(port);
    return monotonicMs() - began;
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

async function untilReady(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await pause(LOOK_EVERY_MS);
  }
}
