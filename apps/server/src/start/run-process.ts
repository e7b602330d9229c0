import { pino } from 'pino';
import type { FastifyBaseLogger } from 'fastify';
import { type Env, EnvError, readEnv } from '../env.ts';
import { createLog } from './create-log.ts';

/** Drained or not, the process is gone before a supervisor loses patience. */
const STOP_WITHIN_MS = 9_000;

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
  // The log goes to stderr; stdout is for the person who started the process.
  const log = createLog(env.LOG_LEVEL, pino.destination(2));
  try {
    const started = await start(env, log);
    stopOnSignal(started, log);
    await afterStart(started, env);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') {
      log.info('stopped before the database was there');
      return;
    }
    console.error(error instanceof Error ? error.message : error);
    log.debug({ err: error }, 'could not start');
    process.exit(1);
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

function stopOnSignal(running: Running, log: FastifyBaseLogger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    // A terminal and the script in between may both pass on the same signal.
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('something was still running; stopped anyway');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
