import { ObjectId } from '@interview-webhooks/database';
import type { CreateApiKey, CreatedApiKey } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { InvalidInputError } from '../errors.ts';
import { apiKeyView } from './api-key-view.ts';
import { newApiKey, storedKey } from './api-keys.ts';

/**
 * Makes an API key. The answer is the only time it is shown.
 *
 * @throws InvalidInputError for scopes the caller does not hold, or an expiry that is over
 */
export async function createApiKey(context: Context, input: CreateApiKey): Promise<CreatedApiKey> {
  const now = context.now();
  const expiresAt = input.expires_at ? new Date(input.expires_at) : null;
  const faults = input.scopes.flatMap((scope, index) =>
    // Otherwise a key that may only manage keys could make itself one that may do everything.
    context.scopes.includes(scope)
      ? []
      : [
          {
            path: `scopes.${index}`,
            message: `"${scope}" is not a scope of your own key, so you cannot give it away`,
          },
        ],
  );
  if (expiresAt && expiresAt <= now) faults.push({ path: 'expires_at', message: 'must be in the future' });
  if (faults.length > 0) throw new InvalidInputError(faults);

  const apiKey = newApiKey();
  const _id = new ObjectId();
  const target = { type: 'api_key', id: _id.toHexString(), name: input.name } as const;
  await noteAct(context, { action: 'api-key.created', target });
  const created = await context.database.apiKeys.create({
    _id,
    workspaceId: context.workspaceId,
    name: input.name,
    ...storedKey(apiKey),
    scopes: [...new Set(input.scopes)],
    createdAt: now,
    expiresAt,
  });
  return { ...apiKeyView(created.toObject()), api_key: apiKey };
}
