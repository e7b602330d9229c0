import {
  apiClient,
  type ApiClient,
  freePort,
  type NameServer,
  type SystemProcess,
  systemProcess,
} from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const LEASE_MS = 3_000;
const clockOff = fileURLToPath(new URL('./clock-off.js', import.meta.url));
const dieAt = fileURLToPath(new URL('./die-at.js', import.meta.url));
/** A milestone that is not reached in so long is given up. */
const DIES_WITHIN_MS = 5_000;

type Program = 'server' | 'worker';

interface Start {
  clockOffMs?: number;
  diesAt?: string;
}

/** Of each process of the system. */
export function environment(
  { uri }: { uri: string },
  { port, apiKey, names }: { port: number; apiKey: string; names: NameServer },
) {
  return {
    PORT: String(port),
    MONGODB_URI: uri,
    SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    WEBHOOK_DNS_SERVERS: names.servers.join(),
    BOOTSTRAP_API_KEY: apiKey,
    LOG_LEVEL: 'fatal',
    RATE_LIMIT_PER_MINUTE: '100000000',
    WEBHOOK_LEASE_SECONDS: String(LEASE_MS / 1000),
    WEBHOOK_TIMEOUT_SECONDS: '1',
    WEBHOOK_RETRY_SCHEDULE: Array.from({ length: 50 }, () => '1s').join(),
  };
}

/** A system to which things happen, as its callers see it. */
export interface SufferingSystem extends AsyncDisposable {
  readonly api: ApiClient;
  readonly url: string;
  readonly apiKey: string;
  /** For who looks at what is stored. */
  readonly databaseUri: string;
  /** Processes that ended without having been told to. */
  readonly ended: readonly string[];
}

/**
 * The system's programs on a database, none of them started yet, and where they will be called: a server that starts again has
 * to be where it was.
 *
 * @param names where they look receivers up
 */
export async function systemOn(database: { uri: string }, names: NameServer) {
  const port = await freePort();
  const apiKey = `faults_${randomBytes(24).toString('base64url')}`;
  const url = `http://127.0.0.1:${port}`;
  const processes = runningProcesses(environment(database, { port, apiKey, names }));
  return { api: apiClient(url, apiKey), url, apiKey, processes };
}

/** The system's programs, each a process that can be killed, stopped and started again. */
function runningProcesses(env: Record<string, string>) {
  const running = new Map<Program, SystemProcess>();
  const ended: string[] = [];

  const start = async (program: Program, { clockOffMs = 0, diesAt = '' }: Start = {}) => {
    const started = systemProcess({
      env: { ...env, CLOCK_OFF_MS: String(clockOffMs), DIE_AT: diesAt },
      program: program === 'server' ? 'main' : 'worker',
      nodeArgs: [
        ...(clockOffMs === 0 ? [] : [`--import=${clockOff}`]),
        ...(diesAt === '' ? [] : [`--import=${dieAt}`]),
      ],
    });
    running.set(program, started);
    void started.exited.then(({ code, signal }) => {
      if (running.get(program) === started) ended.push(`${program}: ${signal ?? `exit code ${code}`}`);
    });
    await started.printed(program === 'server' ? /Dashboard/ : /Delivering/);
  };
  const kill = async (program: Program, next: Start = {}) => {
    const killed = running.get(program);
    running.delete(program);
    killed?.kill('SIGKILL');
    await killed?.exited;
    await start(program, next);
  };
  return {
    ended,
    start,
    pids: () => [...running].map(([program, { pid }]) => ({ program, pid })),
    /** Ends a program with SIGKILL; resolves when it runs again. */
    kill,
    /**
     * Has a program killed at the very moment when it reaches a milestone for the nth time; resolves when it runs again.
     *
     * @param diesAt for example `stored:5`
     */
    async dies(program: Program, diesAt: string) {
      await kill(program, { diesAt });
      const dying = running.get(program);
      // That it ends is no fault of its own.
      running.delete(program);
      const late = pause(DIES_WITHIN_MS, undefined, { ref: false });
      await Promise.race([dying?.exited, late]);
      dying?.kill('SIGKILL');
      await dying?.exited;
      await start(program);
    },
    async stop(program: Program, forMs: number) {
      running.get(program)?.kill('SIGSTOP');
      await pause(forMs);
      running.get(program)?.kill('SIGCONT');
    },
    async end() {
      const all = [...running.values()];
      running.clear();
      for (const one of all) one.kill('SIGTERM');
      await Promise.all(all.map(({ exited }) => exited));
    },
  };
}
