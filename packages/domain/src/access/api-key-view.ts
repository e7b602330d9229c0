import type { ApiKeyDocument } from '@interview-webhooks/database';
import { type ApiKey, Scope } from '@interview-webhooks/schema';

/** Scopes as stored; one that this version no longer knows grants nothing. */
export function scopesOf(key: Pick<ApiKeyDocument, 'scopes'>): Scope[] {
  return Scope.options.filter((scope) => key.scopes.includes(scope));
}

/** An API key as callers see it: everything but its hash. */
export function apiKeyView(key: ApiKeyDocument): ApiKey {
  return {
    api_key_id: key._id.toHexString(),
    name: key.name,
    prefix: key.prefix,
    scopes: scopesOf(key),
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
