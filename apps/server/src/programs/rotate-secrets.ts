import {
  createVault,
  type RotationProgress,
  rotateSecrets as rotate,
  type SecretsRotation,
} from '@interview-webhooks/domain';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { readEnv } from '../env.ts';
import { databaseFor } from '../start/database-for.ts';
import { localKeyring } from '../start/local-keyring.ts';
import { logDestination } from '../start/log-destination.ts';

export { EnvError } from '../env.ts';
export type { RotationProgress, SecretsRotation };

/** What came of it, and the id of the key that seals now. */
export interface RotatedSecrets extends SecretsRotation {
  key: string;
}

/**
 * Seals all that is stored sealed by the first of the server's `SECRET_KEYS`, in the database that the server's
 * environment names.
 *
 * @param report told how far it has come
 * @throws EnvError when the environment is not usable, and whatever the database throws that cannot be reached
 */
export async function rotateSecrets(report: (progress: RotationProgress) => void): Promise<RotatedSecrets> {
  const env = readEnv();
  const log = pino({ level: env.LOG_LEVEL }, logDestination(2));
  const dataDir = resolve(env.DATA_DIR);
  const keyring = env.SECRET_KEYS ?? (await localKeyring(dataDir));
  const { database, close } = await databaseFor(env.MONGODB_URI, { dataDir, log });
  try {
    await database.connect();
    return { key: keyring.sealWith, ...(await rotate({ database, vault: createVault(keyring), report })) };
  } finally {
    await close();
  }
}
