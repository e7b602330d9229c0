import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { connectControl, type ControlConnection } from './control-connection.ts';
import type { EmbeddedPaths } from './embedded-paths.ts';
import { EngineUnavailableError, firstAvailable } from './first-available.ts';
import { nativeLaunch } from './glibc/native-launch.ts';
import type { Launch } from './host-process.ts';
import type { EmbeddedMongoLog } from './log.ts';
import { reachHost } from './reach-host.ts';

interface EngineKind {
  readonly kind: 'native' | 'mongod';
  readonly name: string;
  /** The folder of its data files, in the data directory. */
  readonly folder: string;
  readonly deadlineMs: number;
  launch(paths: EmbeddedPaths): Promise<Launch>;
}

/** In order of preference. */
const ENGINES: readonly EngineKind[] = [
  {
    kind: 'native',
    name: 'embedded engine',
    folder: 'mongodb',
    deadlineMs: 20_000,
    launch: ({ dataDir }) => nativeLaunch(dataDir),
  },
  {
    kind: 'mongod',
    name: 'official mongod',
    folder: 'mongod',
    // Its first start downloads it, and gives up by itself where nothing comes.
    deadlineMs: 600_000,
    launch: () => Promise.resolve({ command: process.execPath, args: [] }),
  },
];

export interface ReachEngineOptions {
  readonly paths: EmbeddedPaths;
  readonly log: EmbeddedMongoLog;
  readonly signal: AbortSignal;
}

/** Connects to the running host of the data directory, or starts one with the first engine that can run. */
export async function reachEngine({ paths, log, signal }: ReachEngineOptions): Promise<ControlConnection> {
  const running = await connectControl(paths.control);
  if (running !== undefined) return running;

  const owner = await ownerOfData(paths.dataDir);
  const candidates = ENGINES.map((engine) => ({
    name: engine.name,
    start: async () => {
      // The two keep their files apart; started on the other's data, one would serve an empty database.
      if (owner !== undefined && owner !== engine) {
        throw new EngineUnavailableError(`not tried, the data is the ${owner.name}'s`);
      }
      const launch = await engine.launch(paths);
      return reachHost({ kind: engine.kind, launch, paths, deadlineMs: engine.deadlineMs, signal });
    },
  }));
  return firstAvailable(candidates, (engine, reason) => {
    log.warn({ engine, reason }, 'MongoDB engine not available');
  });
}

/** The engine whose data files the directory has. */
async function ownerOfData(dataDir: string): Promise<EngineKind | undefined> {
  for (const engine of ENGINES) {
    if (await exists(join(dataDir, engine.folder, 'WiredTiger'))) return engine;
  }
  return undefined;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
