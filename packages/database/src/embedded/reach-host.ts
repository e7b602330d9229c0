import { connectControl, type ControlConnection } from './control-connection.ts';
import type { EmbeddedPaths } from './embedded-paths.ts';
import { EngineUnavailableError } from './first-available.ts';
import { HOST_EXIT } from './host/host-failure.js';
import { spawnHost, type HostExit, type HostProcess, type Launch } from './host-process.ts';
import { pause } from './pause.ts';

/** How often a host that is starting is asked whether it has. */
const POLL_MS = 10;
/** Between two hosts of ours, while another process holds the data directory. */
const FIRST_RESPAWN_MS = 50;
const MAX_RESPAWN_MS = 1_000;

export interface ReachOptions {
  readonly kind: 'native' | 'mongod';
  readonly launch: Launch;
  readonly paths: EmbeddedPaths;
  /** How long a host may take to answer. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/**
 * Connects to the host of a data directory, and starts one where there is none. Several processes may do
 * so at once: each starts a host, the engine's lock lets one live, and all connect to that one.
 *
 * @throws EngineUnavailableError when this kind of engine cannot run on this machine
 * @throws Error when the host fails otherwise, when none answers in time, or when `signal` is aborted
 */
export async function reachHost(options: ReachOptions): Promise<ControlConnection> {
  const { paths, signal } = options;
  const deadline = performance.now() + options.deadlineMs;
  let host: HostProcess | undefined;
  let respawnMs = FIRST_RESPAWN_MS;
  let respawnAt = 0;

  while (performance.now() < deadline) {
    signal.throwIfAborted();
    const connection = await connectControl(paths.control);
    if (connection !== undefined) return connection;
    if (host === undefined && performance.now() >= respawnAt) {
      host = await spawnHost(options.kind, options.launch, paths);
    }
    const soon = pause(POLL_MS, signal);
    const exit = await (host === undefined ? soon : Promise.race([host.exited, soon]));
    if (exit === undefined) continue;
    assertRetry(exit);
    // Either the lock's holder answers in a moment, or it is closing and the next host gets the lock.
    host = undefined;
    respawnAt = performance.now() + respawnMs;
    respawnMs = Math.min(respawnMs * 2, MAX_RESPAWN_MS);
  }
  throw new Error(
    `No database host for ${paths.dataDir} answers on ${paths.control} after ${options.deadlineMs} ms. ` +
      `Another program, or a process with another TMPDIR, may hold the directory; see also ${paths.log}.`,
  );
}

/** @throws Error unless this exit of a host means that another one serves, or served, the directory */
function assertRetry({ code, lastLines }: HostExit): void {
  if (code === 0 || code === HOST_EXIT.locked) return;
  if (code === HOST_EXIT.unavailable) {
    throw new EngineUnavailableError(lastLines.at(-1) ?? 'no reason given');
  }
  throw new Error(`The database's process failed: ${lastLines.join('\n')}`);
}
