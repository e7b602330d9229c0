import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';

type Command = Readonly<Record<string, unknown>>;

/** One `mongod` on the loopback. */
export interface Mongod {
  readonly port: number;
  readonly dataDir: string;
  /** Of the process that runs now, or undefined. */
  pid(): number | undefined;
  /** Starts it again on its data, and waits until it answers. */
  start(): Promise<void>;
  /** Ends it as an operator does, and waits. */
  stop(): Promise<void>;
  /** Ends it as a power cut does, and waits. */
  kill(): Promise<void>;
  /** Nothing of it runs until {@link thaw}. */
  freeze(): void;
  thaw(): void;
  /** Runs a command on its `admin` database, over a connection of its own to this member. */
  admin(command: Command): Promise<Command>;
}

export interface MongodOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly args?: readonly string[];
}

const LOOK_EVERY_MS = 50;
/** Small, for many of them run on a machine that does something else as well. */
const CACHE_GB = '0.25';
const ANSWER_MS = 2_000;

/** Starts a `mongod` and waits until it answers. */
export async function startMongod(program: string, options: MongodOptions): Promise<Mongod> {
  const { port, dataDir, args = [] } = options;
  const logFile = join(dataDir, 'mongod.log');
  let child: ChildProcess | undefined;

  const admin = async (command: Command) => {
    const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
      connectTimeoutMS: ANSWER_MS,
      serverSelectionTimeoutMS: ANSWER_MS,
    });
    try {
      return await client.db('admin').command(command);
    } finally {
      await client.close();
    }
  };
  const ended = async (signal: NodeJS.Signals) => {
    const running = child;
    if (!running || hasEnded(running)) return;
    running.kill(signal);
    // One that is frozen ends only once it runs again.
    if (signal !== 'SIGKILL') running.kill('SIGCONT');
    await once(running, 'exit');
  };
  const mongod: Mongod = {
    port,
    dataDir,
    pid: () => (child && !hasEnded(child) ? child.pid : undefined),
    start: async () => {
      await mkdir(dataDir, { recursive: true });
      child = spawn(
        program,
        [
          ...['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', dataDir, '--nounixsocket'],
          ...['--logpath', logFile, '--logappend', '--wiredTigerCacheSizeGB', CACHE_GB],
          ...['--setParameter', 'diagnosticDataCollectionEnabled=false', ...args],
        ],
        { stdio: 'ignore' },
      );
      const running = child;
      const kill = () => running.kill('SIGKILL');
      process.once('exit', kill);
      running.once('exit', () => process.off('exit', kill));
      while (!(await admin({ ping: 1 }).catch(() => undefined))) {
        if (running.exitCode !== null)
          throw new Error(`mongod ended with ${running.exitCode}: ${await lastWords(logFile)}`);
        await pause(LOOK_EVERY_MS);
      }
    },
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    admin,
  };
  await mongod.start();
  return mongod;
}

function hasEnded({ exitCode, signalCode }: Pick<ChildProcess, 'exitCode' | 'signalCode'>): boolean {
  return exitCode !== null || signalCode !== null;
}

async function lastWords(logFile: string): Promise<string> {
  const log = await readFile(logFile, 'utf8').catch(() => 'it has written no log');
  return log.split('\n').slice(-3).join('\n');
}
