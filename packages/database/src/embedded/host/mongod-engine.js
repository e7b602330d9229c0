import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HOST_EXIT, HostFailure } from './host-failure.js';
import { mongodBinary } from './mongod-binary.js';

/**
 * The official mongod as a child of this process: downloaded once and checked, on a Unix socket of this user alone.
 * Slower to start than the native engine, hence the second choice.
 *
 * @param {{ dataDir: string, runtimeDir: string, onLost: (reason: string) => void }} options
 *   `onLost` is called when mongod ends by itself
 * @returns {Promise<import('./engine-host.js').Engine>}
 */
export async function openMongodEngine({ dataDir, runtimeDir, onLost }) {
  await mongodBinary();
  const { MongoMemoryServer, MongoInstanceEvents } = await loadServer();

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
  const { MongoMemoryServer } = await import('mongodb-memory-server-core');
  const { MongoInstanceEvents } = await import('mongodb-memory-server-core/lib/util/MongoInstance.js');
  return { MongoMemoryServer, MongoInstanceEvents };
}
