import type { ApiKeyDocument } from '@interview-webhooks/database';
import type { Actor } from '@interview-webhooks/schema';
import { LRUCache } from 'lru-cache';
import type { Context, Principal, Services } from '../context.ts';
import { UnauthenticatedError } from '../errors.ts';
import { scopesOf } from './api-key-view.ts';
import { hashToken, sameHash } from './secret-token.ts';

const LAST_USED_PRECISION_MS = 60_000;
/** When this process has noted a key's use, by its id. A key that was read before does not say so yet. */
const notedUses = new LRUCache<string, number>({ max: 10_000 });

/**
 * Who presents `apiKey`.
 *
 * @param askedAt when the call came, as `performance.now()` counts
 * @throws UnauthenticatedError for a key that is unknown, revoked or expired; which of them is not told, for
 *   only the key's owner has a right to know
 */
export async function authenticateApiKey(
  services: Services,
  apiKey: string,
  askedAt = performance.now(),
): Promise<Principal> {
  const hash = hashToken(apiKey);
  const key = await services.database.read.apiKeyByHash(hash);
  // The index has found it already; the comparison in constant time does not depend on how.
  if (!key || !sameHash(key.hash, hash) || !isUsable(key, services.now())) {
    throw keyNotValid(key ?? undefined);
  }
  await noteUse(services, key);
  return { ...principalOf(key, 'api_key'), askedAt };
}

/**
 * Begins to read a response that the call by `apiKey` is about, beside the key itself. Tells nobody anything: who may not have it
 * is refused all the same.
 */
export function expectResponse({ database }: Pick<Services, 'database'>, apiKey: string, id: string): void {
  database.read.expectResponse(hashToken(apiKey), id);
}

/** Whether a key works at `at`. */
export function isUsable(key: Pick<ApiKeyDocument, 'revokedAt' | 'expiresAt'>, at: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > at);
}

/** @param key the one that works no longer, where it is known */
export function keyNotValid(key?: ApiKeyDocument): UnauthenticatedError {
  return new UnauthenticatedError(
    'The API key is not valid.',
    key && { workspaceId: key.workspaceId.toHexString(), apiKeyId: key._id.toHexString() },
  );
}

/**
 * The key of who asks, read again: for acts on keys, which one that has ended meanwhile must not do any more.
 *
 * @throws UnauthenticatedError
 */
export async function callersKey({ database, workspaceId, apiKeyId, now }: Context): Promise<ApiKeyDocument> {
  const key = await database.apiKeys.findOne({ _id: apiKeyId, workspaceId }).lean<ApiKeyDocument>();
  if (!key || !isUsable(key, now())) throw keyNotValid(key ?? undefined);
  return key;
}

/** What the holder of `key` may do, and as whom it goes into the log. */
export function principalOf(key: ApiKeyDocument, type: Actor['type']): Principal {
  const apiKeyId = key._id.toHexString();
  return {
    workspaceId: key.workspaceId.toHexString(),
    apiKeyId,
    actor: { type, id: apiKeyId, name: key.name },
    scopes: scopesOf(key),
  };
}

/** Keeps `lastUsedAt` to the minute, at one write a minute however busy the key is, which no call waits for on disk. */
export async function noteUse(
  { database, now }: Services,
  { _id, lastUsedAt }: ApiKeyDocument,
): Promise<void> {
  const at = now();
  const stale = new Date(at.getTime() - LAST_USED_PRECISION_MS);
  const id = _id.toHexString();
  if (Math.max(lastUsedAt?.getTime() ?? 0, notedUses.get(id) ?? 0) > stale.getTime()) return;
  notedUses.set(id, at.getTime());
  await database.apiKeys.updateOne(
    { _id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lte: stale } }] },
    { $set: { lastUsedAt: at } },
    { writeConcern: { w: 1, journal: false } },
  );
}
