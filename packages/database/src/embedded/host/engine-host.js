/**
 * The process that owns a data directory: `node engine-host.js <native|mongod> <dataDir> <runtimeDir>`.
 *
 * Plain JavaScript, so that the same file runs from the sources and from a build. It belongs to nobody:
 * every process that uses the database holds a connection to its control socket, and it ends, cleanly,
 * when the last of these does, be it by a polite close or by a crash.
 */
import { rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { HOST_EXIT, HostFailure } from './host-failure.js';
import { openMongodEngine } from './mongod-engine.js';
import { openNativeEngine } from './native-engine.js';

/** @typedef {{ readonly uri: string, close(): Promise<void> }} Engine */

/** The starter connects within milliseconds; where none comes at all, it has died meanwhile. */
const FIRST_CLIENT_MS = 5_000;

const [kind = '', dataDir = '', runtimeDir = ''] = process.argv.slice(2);
const addressFile = join(dataDir, 'mongodb.json');
const controlPath = join(runtimeDir, 'control.sock');

/** @type {Set<import('node:net').Socket>} */
const clients = new Set();
/** @type {Engine | undefined} */
let engine;
let stopping = false;

// A terminal's Ctrl-C or hang-up is for the server, which still needs the database while it drains.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('SIGTERM', () => void stop());

// A half-open connection stays until this side ends it: so the last client sees the process end.
const control = createServer({ allowHalfOpen: true }, admit);

try {
  engine = await openEngine();
  if (stopping) await close(engine);
  // The engine's lock is held from here on: a socket file that is there was left by a dead host.
  await rm(controlPath, { force: true });
  await publishAddress(engine.uri);
  control.listen(controlPath);
} catch (error) {
  if (error instanceof HostFailure) {
    if (error.exitCode !== HOST_EXIT.locked) console.error(error.message);
    process.exit(error.exitCode);
  }
  console.error(error);
  process.exit(1);
}
const lonely = setTimeout(() => void stop(), FIRST_CLIENT_MS);

/** @returns {Promise<Engine>} */
function openEngine() {
  switch (kind) {
    case 'native':
      return openNativeEngine({ dataDir, runtimeDir });
    case 'mongod':
      return openMongodEngine({ dataDir, runtimeDir, onLost: fail });
    default:
      throw new Error(`no engine is called "${kind}"`);
  }
}

/** @param {import('node:net').Socket} client */
function admit(client) {
  if (stopping || engine === undefined) {
    client.destroy();
    return;
  }
  clearTimeout(lonely);
  clients.add(client);
  client.write(`${JSON.stringify({ uri: engine.uri, pid: process.pid })}\n`);

  const leave = () => {
    if (!clients.delete(client)) return;
    if (clients.size > 0) client.end();
    else void stop();
  };
  // Nothing is expected from a client, but its end is only seen by reading.
  client.resume();
  client.on('end', leave);
  client.on('close', leave);
  // A killed client's reset; 'close' follows it.
  client.on('error', () => undefined);
}

async function stop() {
  if (stopping) return;
  stopping = true;
  if (engine !== undefined) await close(engine);
}

/**
 * Ends the process. The control socket and the address file go first, while the engine's lock is still
 * held: later they may already be a successor's. The clients' connections are left for the exit to close.
 *
 * @param {Engine} open
 */
async function close(open) {
  control.close();
  rmSync(addressFile, { force: true });
  try {
    await open.close();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

/**
 * For people and their tools; processes ask the control socket.
 *
 * @param {string} uri
 */
async function publishAddress(uri) {
  const next = `${addressFile}.next`;
  await rm(next, { force: true });
  await writeFile(next, `${JSON.stringify({ uri, pid: process.pid })}\n`, { mode: 0o600 });
  await rename(next, addressFile);
}

/** @param {string} reason */
function fail(reason) {
  console.error(reason);
  process.exit(1);
}
