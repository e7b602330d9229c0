import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { prepareEmbeddedPaths } from './embedded-paths.ts';
import { reachEngine } from './engines.ts';

let tempDir: string;

beforeEach(async () => {
  tempDir = await mkdtemp(join(tmpdir(), 'em-'));
  // A binary that is not there, and a download server that nobody is: as on a machine without both.
  vi.stubEnv('NAPI_RS_NATIVE_LIBRARY_PATH', join(tempDir, 'missing.node'));
  vi.stubEnv('MONGOMS_DOWNLOAD_MIRROR', 'https://127.0.0.1:9');
  vi.stubEnv('MONGOMS_DOWNLOAD_DIR', join(tempDir, 'binaries'));
  vi.stubEnv('MONGOMS_PREFER_GLOBAL_PATH', 'false');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(tempDir, { recursive: true });
});

async function reach() {
  const paths = await prepareEmbeddedPaths(join(tempDir, 'data'), tempDir);
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  return reachEngine({ paths, log, signal: new AbortController().signal });
}

test('a machine that can run neither engine is told why and what to do', async () => {
  await expect(reach()).rejects.toThrow(
    /^No MongoDB engine can run here\. embedded engine: its native binary does not load on \S+; official mongod: it cannot be downloaded: .*ECONNREFUSED.*\. Set MONGODB_URI/,
  );
});

test('data of one engine is never served empty by the other', async () => {
  await mkdir(join(tempDir, 'data', 'mongodb'), { recursive: true });
  await writeFile(join(tempDir, 'data', 'mongodb', 'WiredTiger'), '');
  await expect(reach()).rejects.toThrow("official mongod: not tried, the data is the embedded engine's.");
});
