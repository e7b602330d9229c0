import type { WebhookAuth } from '@interview-webhooks/schema';
import type { Vault } from './vault.ts';

/** `auth` with its secret open. */
export function openAuth(auth: WebhookAuth, vault: Vault, workspaceId: string): WebhookAuth {
  switch (auth.type) {
    case null:
      return auth;
    case 'basic':
      return { ...auth, password: vault.open({ workspaceId, field: 'auth.password' }, auth.password) };
    case 'apikey':
      return { ...auth, apikey: vault.open({ workspaceId, field: 'auth.apikey' }, auth.apikey) };
  }
}
