import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { takeTurns } from '../take-turns.ts';

/** Limits of a key say little where a workspace may have any number of them. */
const MAX_API_KEYS = 200;

/**
 * Makes a key where the workspace has room for one more. Servers do not wait for each other: together they may let in one
 * more each.
 *
 * @throws ConflictError when the workspace has MAX_API_KEYS that work
 */
export function withRoomForKey<Made>(
  { database, workspaceId, now }: Context,
  make: () => Promise<Made>,
): Promise<Made> {
  return takeTurns(`api-keys:${workspaceId}`, async () => {
    const notOver = [{ expiresAt: null }, { expiresAt: { $gt: now() } }];
    const usable = { workspaceId, revokedAt: null, $or: notOver };
    if ((await database.apiKeys.countDocuments(usable).limit(MAX_API_KEYS)) >= MAX_API_KEYS) {
      throw new ConflictError(
        `This workspace has ${MAX_API_KEYS} API keys that work, the most it may have; revoke one that nobody uses.`,
      );
    }
    return make();
  });
}
