import type { WebhookAuth } from '@interview-webhooks/schema';
import type { Vault } from './vault.ts';

/**
 * `auth` with its secret sealed by the key that seals now. Whatever is stored again goes through this: what a process
 * read before a change of keys must not bring the old key back. One whose key is missing stays as it is, for it is in
 * nobody's way but its own.
 */
export function renewedAuth(vault: Vault, workspaceId: string, auth: WebhookAuth): WebhookAuth {
  const renewed = (field: string, sealed: string) =>
    vault.knows(sealed) ? vault.renew({ workspaceId, field }, sealed) : sealed;
  switch (auth.type) {
    case null:
      return auth;
    case 'basic':
      return { ...auth, password: renewed('auth.password', auth.password) };
    case 'apikey':
      return { ...auth, apikey: renewed('auth.apikey', auth.apikey) };
  }
}
