import { type ApiKeyDocument, isObjectId, ObjectId } from '@interview-webhooks/database';
import type { RevokeApiKey, RevokedApiKey } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { ConflictError, MissingScopeError, NotFoundError } from '../errors.ts';
import { takeTurns } from '../take-turns.ts';
import { apiKeyView } from './api-key-view.ts';
import { callersKey } from './authenticate.ts';
import { carryOut, decideRevocation, keysToEnd, settledBasis } from './key-revocation.ts';
import { orphanedScopes, scopesBeyond } from './key-rules.ts';

/** A try fails only when another server has decided something, so few ever need a second one. */
const MAX_TRIES = 20;

/**
 * Ends an API key and every dashboard session opened with it, at once; with `include_created` also the keys that come
 * from it. Revoking it again changes nothing.
 *
 * @throws UnauthenticatedError when the caller's own key has ended meanwhile
 * @throws NotFoundError
 * @throws MissingScopeError when a key that would end may do what the caller's key may not
 * @throws ConflictError when nobody could hand on some scope afterwards, or other servers were faster each time
 */
export function revokeApiKey(context: Context, input: RevokeApiKey): Promise<RevokedApiKey> {
  // Spares this process's own the races; other servers' are decided in the database.
  return takeTurns(`api-keys:${context.workspaceId}`, async () => {
    for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
      const revoked = await tryToRevoke(context, input);
      if (revoked) return revoked;
    }
    throw new ConflictError('Other keys are being revoked at this moment; try again.');
  });
}

async function tryToRevoke(
  context: Context,
  { api_key_id: id, include_created: includeCreated = false }: RevokeApiKey,
): Promise<RevokedApiKey | undefined> {
  if (!isObjectId(id)) throw new NotFoundError('API key');
  const ending = { apiKeyId: new ObjectId(id), includeCreated };
  // Read before the keys: whatever is decided after this makes the decision below void.
  const basis = await settledBasis(context);
  await callersKey(context);
  const [key, ...created] = await keysToEnd(context, ending);
  if (!key) throw new NotFoundError('API key');
  const working = [key, ...created].filter(({ revokedAt }) => revokedAt === null);
  if (working.length === 0) return { ...apiKeyView(key), also_revoked: [] };
  await refuse(context, working);
  const revocation = await decideRevocation(context, basis, ending);
  if (!revocation) return undefined;
  const [revoked = key, ...others] = await carryOut(context, revocation);
  const over = new Set(
    created.filter(({ revokedAt }) => revokedAt !== null).map(({ _id }) => _id.toHexString()),
  );
  const also = others.filter(({ _id }) => !over.has(_id.toHexString()));
  return { ...apiKeyView(revoked), also_revoked: also.map(apiKeyView) };
}

async function refuse(context: Context, ending: readonly ApiKeyDocument[]): Promise<void> {
  const [beyond, ...more] = scopesBeyond(context.scopes, ending);
  if (beyond !== undefined) {
    const scopes = [beyond, ...more].join(', ');
    throw new MissingScopeError(
      beyond,
      `You cannot revoke a key that may do more than your own, which lacks ${scopes}; use a key that has it.`,
    );
  }
  const { database, workspaceId } = context;
  const managers = await database.apiKeys
    .find({ workspaceId, scopes: 'keys:manage', revokedAt: null })
    .lean();
  const orphaned = orphanedScopes(managers, ending);
  if (orphaned.length > 0) throw new ConflictError(lastKey(orphaned));
}

function lastKey(orphaned: readonly string[]): string {
  if (orphaned.includes('keys:manage')) {
    return 'This is the last key that can manage keys and does not expire; create another one first.';
  }
  const scopes = orphaned.join(', ');
  return `This is the last key that can hand on ${scopes} and does not expire; first create another one with keys:manage and ${scopes}.`;
}
