import type { Database } from '../database.ts';
import { commandsDuring } from './commands-during.ts';

type Command = Readonly<Record<string, unknown>>;

/**
 * The reads that are sent while `work` goes on and have no bound: each needs a `maxTimeMS`, and a limit of documents that it
 * looks for or counts.
 *
 * @param database opened with `monitorCommands`
 */
export async function unboundedReads(
  database: Database,
  work: () => Promise<unknown>,
): Promise<{ reads: number; unbounded: string[] }> {
  const sent = await commandsDuring(database, work);
  const found = sent.map(({ command }) => command).filter(isRead);
  const unbounded = found.filter((command) => !isBounded(command)).map((command) => JSON.stringify(command));
  return { reads: found.length, unbounded };
}

function isRead(command: Command): boolean {
  return ['find', 'aggregate', 'count', 'distinct'].some((name) => name in command);
}

function isBounded(command: Command): boolean {
  const { maxTimeMS, limit, pipeline = [] } = command;
  const stages = pipeline as Command[]; // as the driver sends it
  return Number(maxTimeMS) > 0 && (Number(limit) > 0 || stages.some((stage) => '$limit' in stage));
}
