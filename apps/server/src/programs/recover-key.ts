import { firstWorkspaces, type RecoveredKey, recoverOwnerKey } from '@interview-webhooks/domain';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { readEnv } from '../env.ts';
import { databaseFor } from '../start/database-for.ts';

export { EnvError } from '../env.ts';
export type { RecoveredKey };

/** No key can be made for the workspace that was asked for. The message is written for who asked. */
export class WorkspaceChoiceError extends Error {
  override readonly name = 'WorkspaceChoiceError';
}

/** So many workspaces are named where one has to be chosen. */
const NAMED = 20;

/**
 * Makes a new owner key in the database that the server's environment names. Servers may run meanwhile.
 *
 * @param wanted the workspace's id; without it the only workspace there is
 * @throws EnvError when the environment is not usable
 * @throws WorkspaceChoiceError
 */
export async function recoverKey(wanted: string | undefined): Promise<RecoveredKey> {
  const env = readEnv();
  const log = pino({ level: env.LOG_LEVEL }, pino.destination(2));
  const { database, close } = await databaseFor(env.MONGODB_URI, { dataDir: resolve(env.DATA_DIR), log });
  try {
    await database.connect();
    const id = wanted ?? onlyOne(await firstWorkspaces({ database }, NAMED + 1));
    const recovered = await recoverOwnerKey({ database, now: () => new Date() }, id);
    if (!recovered) throw new WorkspaceChoiceError(`There is no workspace "${id}" in this database.`);
    return recovered;
  } finally {
    await close();
  }
}

function onlyOne(workspaces: { id: string; name: string }[]): string {
  const [first, ...others] = workspaces;
  if (!first)
    throw new WorkspaceChoiceError('There is no workspace yet; the first start of a server makes it.');
  if (others.length === 0) return first.id;
  const named = workspaces.slice(0, NAMED).map(({ id, name }) => `  ${id}  ${name}`);
  const rest = workspaces.length > NAMED ? ['  and more'] : [];
  throw new WorkspaceChoiceError(
    ['There are several workspaces; name one with --workspace ID:', ...named, ...rest].join('\n'),
  );
}
