import { isObjectId } from '@interview-webhooks/database';
import type { ApiKey, ApiKeyRef } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { takeTurns } from '../take-turns.ts';
import { apiKeyView } from './api-key-view.ts';
import { usableAt } from './api-keys.ts';

/**
 * Ends an API key and every dashboard session opened with it, at once. Revoking it again changes nothing.
 *
 * @throws NotFoundError
 * @throws ConflictError for the last key that can manage keys: nobody could ever make another
 */
export function revokeApiKey(context: Context, { api_key_id: id }: ApiKeyRef): Promise<ApiKey> {
  const { database, workspaceId, now } = context;
  return takeTurns(`api-keys:${workspaceId}`, async () => {
    const key = isObjectId(id) ? await database.apiKeys.findOne({ _id: id, workspaceId }).lean() : null;
    if (!key) throw new NotFoundError('API key');
    if (key.revokedAt) return apiKeyView(key);
    const manager = { workspaceId, scopes: 'keys:manage', ...usableAt(now()) };
    if (
      key.scopes.includes('keys:manage') &&
      !(await database.apiKeys.exists({ ...manager, _id: { $ne: id } }))
    ) {
      throw new ConflictError('This is the last key that can manage keys; make another one first.');
    }
    await noteAct(context, { action: 'api-key.revoked', target: { type: 'api_key', id, name: key.name } });
    const revokedAt = now();
    await database.apiKeys.updateOne({ _id: id, workspaceId }, { $set: { revokedAt } });
    await database.sessions.deleteMany({ workspaceId, apiKeyId: id });
    return apiKeyView({ ...key, revokedAt });
  });
}
