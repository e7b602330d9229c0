import { isDuplicateKey } from '@interview-webhooks/database';
import { allScopes } from '@interview-webhooks/schema';
import type { Services } from '../context.ts';
import { newApiKey, storedKey } from './api-keys.ts';

/** What the first start made. */
export interface Bootstrapped {
  apiKey: string;
  workspaceId: string;
}

/**
 * Makes the first workspace and its owner key where the database has none. Safe to call at every start and
 * from several servers at once: one of them makes them.
 *
 * @param given the owner key to use; without it one is made
 * @returns the workspace and its owner key if this call made that, to be shown once
 */
export async function bootstrapWorkspace(
  { database, now }: Pick<Services, 'database' | 'now'>,
  given?: string,
): Promise<Bootstrapped | undefined> {
  if (await database.apiKeys.exists({})) return undefined;
  const createdAt = now();
  const workspaceId = await firstWorkspaceId({ database, createdAt });
  const apiKey = given ?? newApiKey();
  try {
    await database.apiKeys.create({
      workspaceId,
      name: 'Owner',
      ...storedKey(apiKey),
      scopes: allScopes,
      bootstrap: true,
      createdBy: { type: 'system', id: null, name: 'Setup' },
      createdAt,
    });
    return { apiKey, workspaceId: workspaceId.toHexString() };
  } catch (error) {
    // Another server was faster; its key is the owner key.
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}

async function firstWorkspaceId({ database, createdAt }: Pick<Services, 'database'> & { createdAt: Date }) {
  const first = { bootstrap: true as const };
  await database.workspaces
    .updateOne(first, { $setOnInsert: { name: 'My workspace', createdAt } }, { upsert: true })
    .catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  const workspace = await database.workspaces.findOne(first).orFail().lean();
  return workspace._id;
}
