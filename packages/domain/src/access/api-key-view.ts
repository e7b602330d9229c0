import type { ApiKeyDocument } from '@interview-webhooks/database';
import { type ApiKey, Scope } from '@interview-webhooks/schema';

/**
 * What a key may do: the scopes as stored, and what they bring along. Keys that were stored before there was an audit
 * trail are no exception. A scope that this version no longer knows grants nothing.
 */
export function scopesOf(key: Pick<ApiKeyDocument, 'scopes'>): Scope[] {
  return Scope.options.filter(
    (scope) => key.scopes.includes(scope) || (scope === 'audit:read' && key.scopes.includes('keys:manage')),
  );
}

/** An API key as callers see it: everything but its hash. */
export function apiKeyView(key: ApiKeyDocument): ApiKey {
  return {
    api_key_id: key._id.toHexString(),
    name: key.name,
    prefix: key.prefix,
    scopes: scopesOf(key),
    created_by: key.createdBy
      ? { type: key.createdBy.type, id: key.createdBy.id, name: key.createdBy.name }
      : null,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
