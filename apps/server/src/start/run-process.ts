import type { FastifyBaseLogger } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { type Env, EnvError, readEnv } from '../env.ts';
import { createLog } from './create-log.ts';
import { type LogDestination, logDestination } from './log-destination.ts';

/** Drained or not, the process is gone within nine seconds, before a supervisor loses patience. */
const STOP_WITHIN_MS = 8_000;
/** How long threads may take at the end: for the last lines of the log, and for names that are looked up. */
const THREADS_WITHIN_MS = 400;

export interface Running {
  close(): Promise<void>;
}

/**
 * Runs a process of this system from its environment to its end: a usable environment or a message for each mistake,
 * SIGTERM and SIGINT that drain, and exit codes (0 stopped, 1 failed, 2 unusable environment).
 *
 * @param start begins the work
 * @param afterStart what comes once it has begun; rejects with AbortError when it is stopped meanwhile
 */
export async function runProcess<Started extends Running>(
  start: (env: Env, log: FastifyBaseLogger) => Promise<Started>,
  afterStart: (started: Started, env: Env) => Promise<void>,
): Promise<void> {
  const env = envOrExit();
  // The log goes to stderr; stdout is for the person who started the process, who may be gone.
  const destination = logDestination(2);
  const log = createLog(env.LOG_LEVEL, destination);
  process.stdout.on('error', (error) => {
    log.warn({ err: error }, 'nobody reads stdout');
  });
  try {
    const started = await start(env, log);
    stopOnSignal(started, { log, destination });
    await afterStart(started, env);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') {
      log.info('stopped before the database was there');
      return;
    }
    console.error(error instanceof Error ? error.message : error);
    log.debug({ err: error }, 'could not start');
    await leave(1, destination);
  }
}

function envOrExit(): Env {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

interface Logging {
  log: FastifyBaseLogger;
  destination: LogDestination;
}

function stopOnSignal(running: Running, { log, destination }: Logging): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    // A terminal and the script in between may both pass on the same signal.
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('something was still running; stopped anyway');
      void leave(1, destination);
    }, STOP_WITHIN_MS).unref();
    running.close().then(
      () => leave(0, destination),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        return leave(1, destination);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** What Node calls a name that is looked up on a thread. */
const lookUps = ['GetAddrInfoReqWrap', 'GetNameInfoReqWrap'];
const isLookingUp = () => process.getActiveResourcesInfo().some((resource) => lookUps.includes(resource));
const LOOK_MS = 20;

/**
 * Ends the process for sure. `process.exit` waits for threads: one that writes the log, or asks a name server. Where one
 * hangs, only SIGKILL ends it.
 */
async function leave(code: number, destination: LogDestination): Promise<void> {
  const isWritten = await destination.written(THREADS_WITHIN_MS);
  for (let waited = 0; isLookingUp() && waited < THREADS_WITHIN_MS; waited += LOOK_MS) await pause(LOOK_MS);
  if (!isWritten || isLookingUp()) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}
