import { type ApiKeyDocument, ObjectId } from '@interview-webhooks/database';
import type { CreateApiKey, CreatedApiKey, Fault } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { InvalidInputError } from '../errors.ts';
import { apiKeyView } from './api-key-view.ts';
import { newApiKey, storedKey } from './api-keys.ts';
import { callersKey, isUsable, keyNotValid } from './authenticate.ts';
import { settledBasis } from './key-revocation.ts';
import { withRoomForKey } from './room-for-key.ts';

/**
 * Makes an API key. The answer is the only time it is shown.
 *
 * @throws InvalidInputError for scopes the caller does not hold, or an expiry that is over or later than that of the
 *   caller's own key
 * @throws UnauthenticatedError when the caller's own key has ended meanwhile
 * @throws ConflictError when the workspace has as many keys as it may have
 */
export async function createApiKey(context: Context, input: CreateApiKey): Promise<CreatedApiKey> {
  const creator = await callersKey(context);
  const expiresAt = input.expires_at ? new Date(input.expires_at) : null;
  const faults = [
    ...scopeFaults(context, input),
    ...expiryFaults(expiresAt, creator.expiresAt, context.now()),
  ];
  if (faults.length > 0) throw new InvalidInputError(faults);

  const apiKey = newApiKey();
  const _id = new ObjectId();
  const target = { type: 'api_key', id: _id.toHexString(), name: input.name } as const;
  const created = await withRoomForKey(context, async () => {
    await noteAct(context, { action: 'api-key.created', target });
    return context.database.apiKeys.create({
      _id,
      workspaceId: context.workspaceId,
      name: input.name,
      ...storedKey(apiKey),
      scopes: [...new Set(input.scopes)],
      createdBy: context.actor,
      createdAt: context.now(),
      expiresAt,
    });
  });
  await endWithCreator(context, _id);
  return { ...apiKeyView(created.toObject()), api_key: apiKey };
}

function scopeFaults({ scopes: held }: Context, { scopes }: CreateApiKey): Fault[] {
  return scopes.flatMap((scope, index) =>
    // Otherwise a key that may only manage keys could make itself one that may do everything.
    held.includes(scope)
      ? []
      : [
          {
            path: `scopes.${index}`,
            message: `"${scope}" is not a scope of your own key, so you cannot give it away`,
          },
        ],
  );
}

/** @param latest when the creator ends: what it creates must not outlive it, or its end would end nothing */
function expiryFaults(expiresAt: Date | null, latest: Date | null, now: Date): Fault[] {
  const fault = (message: string) => [{ path: 'expires_at', message }];
  if (expiresAt && expiresAt <= now) return fault('must be in the future');
  if (latest && (!expiresAt || expiresAt > latest)) {
    return fault(`must be given and not be after ${latest.toISOString()}, when your own key expires`);
  }
  return [];
}

/**
 * Ends the new key if its creator is being revoked: with what it created, or without. Whoever decides that looks for
 * created keys after the decision is stored, and this looks for the decision after the key is stored, so one of them
 * sees the other.
 */
async function endWithCreator(context: Context, _id: ObjectId): Promise<void> {
  const { database, workspaceId, apiKeyId, now } = context;
  await settledBasis(context);
  const found: ApiKeyDocument[] = await database.apiKeys
    .find({ _id: { $in: [apiKeyId, _id] }, workspaceId })
    .limit(2)
    .lean();
  if (found.length === 2 && found.every((key) => isUsable(key, now()))) return;
  await database.apiKeys.updateOne({ _id, workspaceId, revokedAt: null }, { $set: { revokedAt: now() } });
  throw keyNotValid();
}
