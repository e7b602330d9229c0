import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedMongo, startEmbeddedMongo } from '../embedded/embedded-mongo.ts';

interface Engine extends EmbeddedMongo {
  readonly dataDir: string;
}

let running: Promise<Engine> | undefined;

/** The embedded engine of this test's file, started with the first who asks: a start takes longer than most tests. */
export function embeddedEngine(): Promise<Pick<Engine, 'uri'>> {
  running ??= start();
  return running;
}

async function start(): Promise<Engine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-test-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return { ...(await startEmbeddedMongo({ dataDir, log })), dataDir };
}

/** Ends it, if it was started. */
export async function endEmbeddedEngine(): Promise<void> {
  const engine = await running;
  running = undefined;
  await engine?.close();
  if (engine) await rm(engine.dataDir, { recursive: true, force: true, maxRetries: 20 });
}
