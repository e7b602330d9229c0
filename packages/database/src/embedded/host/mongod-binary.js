import { readdir, stat } from 'node:fs/promises';
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
 * The official mongod: downloaded once, and held against the SHA-256 that its publisher gives.
 *
 * @returns {Promise<string>} its path
 * @throws HostFailure where there is none for this machine, or none can be downloaded
 */
export async function mongodBinary() {
  // The downloader skips the check of TLS certificates unless npm's own setting asks for it, and what it
  // downloads is run: without this, anyone on the way could choose the program.
  process.env['npm_config_strict_ssl'] = 'true';
  // Callers try again at their own pace; here a quick, clear answer is worth more.
  process.env['MONGOMS_MAX_RETRIES'] ??= '1';
  process.env['MONGOMS_DOWNLOAD_DIR'] ??= join(homedir(), '.cache', 'mongodb-binaries');
  const { MongoBinary } = await import('mongodb-memory-server-core').catch((error) => {
    throwIfNotInstalled(error);
    throw error;
  });
  const { MongoBinaryDownload } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownload.js');
  checkDownloads(MongoBinaryDownload);

  const found = new globalThis.AbortController();
  try {
    return await Promise.race([MongoBinary.getPath(), noDownload(found.signal)]);
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
 * @returns {Promise<never>}
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
  // The downloader has the word.
  return new Promise(() => undefined);
}
