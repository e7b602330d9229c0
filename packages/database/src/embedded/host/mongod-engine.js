import { mkdir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HOST_EXIT, HostFailure, throwIfNotInstalled } from './host-failure.js';
import { checkDownloads } from './published-hash.js';

/** A download that has not begun by then never will: the downloader itself would wait a minute. */
const DOWNLOAD_BEGINS_MS = 8_000;
/** What the downloader writes: the archive under its own name, and before that with a suffix. */
const ARCHIVE = /\.(downloading|tgz|zip)$/;

/**
 * The official mongod as a child of this process: downloaded once and checked, on a Unix socket of this user alone.
 * Slower to start than the native engine, hence the second choice.
 *
 * @param {{ dataDir: string, runtimeDir: string, onLost: (reason: string) => void }} options
 *   `onLost` is called when mongod ends by itself
 * @returns {Promise<import('./engine-host.js').Engine>}
 */
export async function openMongodEngine({ dataDir, runtimeDir, onLost }) {
  const { MongoBinary, MongoMemoryServer, MongoInstanceEvents } = await loadServer();
  await findBinary(MongoBinary);

  const dbPath = join(dataDir, 'mongod');
  await mkdir(dbPath, { recursive: true, mode: 0o700 });
  const socket = join(runtimeDir, 'mongod.sock');
  const server = await MongoMemoryServer.create({
    instance: {
      dbPath,
      // A path is a socket to mongod. It opens no port then, which any user of this machine could reach.
      ip: socket,
      storageEngine: 'wiredTiger',
      args: ['--filePermissions', '0600'],
    },
  }).catch((error) => {
    if (!String(error).includes('DBPathInUse')) throw error;
    throw new HostFailure(HOST_EXIT.locked, `${dbPath} is in use by another process`, { cause: error });
  });

  const info = server.instanceInfo;
  if (info === undefined) throw new Error('mongod has started but does not say where');
  let closing = false;
  info.instance.once(MongoInstanceEvents.instanceClosed, () => {
    if (!closing) onLost('mongod ended by itself');
  });
  return {
    uri: `mongodb://${encodeURIComponent(socket)}/?directConnection=true`,
    close: async () => {
      closing = true;
      await server.stop({ doCleanup: false });
    },
  };
}

async function loadServer() {
  // The downloader skips the check of TLS certificates unless npm's own setting asks for it, and what it
  // downloads is run: without this, anyone on the way could choose the program.
  process.env['npm_config_strict_ssl'] = 'true';
  // Callers try again at their own pace; here a quick, clear answer is worth more.
  process.env['MONGOMS_MAX_RETRIES'] ??= '1';
  process.env['MONGOMS_DOWNLOAD_DIR'] ??= join(homedir(), '.cache', 'mongodb-binaries');
  const { MongoBinary, MongoMemoryServer } = await import('mongodb-memory-server-core').catch((error) => {
    throwIfNotInstalled(error);
    throw error;
  });
  const { MongoBinaryDownload } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownload.js');
  checkDownloads(MongoBinaryDownload);
  const { MongoInstanceEvents } = await import('mongodb-memory-server-core/lib/util/MongoInstance.js');
  return { MongoBinary, MongoMemoryServer, MongoInstanceEvents };
}

/** @param {typeof import('mongodb-memory-server-core').MongoBinary} MongoBinary */
async function findBinary(MongoBinary) {
  const found = new globalThis.AbortController();
  try {
    await Promise.race([MongoBinary.getPath(), noDownload(found.signal)]);
  } catch (error) {
    console.error(error);
    // The starter takes one line as the reason.
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
    throw new HostFailure(HOST_EXIT.unavailable, `it cannot be downloaded: ${reason}`, { cause: error });
  } finally {
    found.abort();
  }
}

/**
 * Rejects when no download is under way after {@link DOWNLOAD_BEGINS_MS}; otherwise leaves it to the
 * downloader, which gives up by itself after a minute without a byte.
 *
 * @param {AbortSignal} signal
 */
async function noDownload(signal) {
  const startedAt = Date.now();
  await setTimeout(DOWNLOAD_BEGINS_MS, undefined, { signal });
  const folder = process.env['MONGOMS_DOWNLOAD_DIR'] ?? '';
  const files = (await readdir(folder).catch(() => [])).filter((file) => ARCHIVE.test(file));
  const found = await Promise.all(files.map((file) => stat(join(folder, file)).catch(() => undefined)));
  if (!found.some((file) => file !== undefined && file.mtimeMs >= startedAt)) {
    throw new Error('no answer from the download server');
  }
  // Never settles: the downloader has the word.
  await new Promise(() => undefined);
}
