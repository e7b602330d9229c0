import type { AuditAction, RevisionAction } from '@interview-webhooks/schema';

/** What each kind of settings revision is in the audit trail. */
export const revisionActions = {
  updated: 'settings.updated',
  restored: 'settings.restored',
  disabled: 'settings.disabled',
  'secret-revealed': 'signing-secret.revealed',
  'secret-rotated': 'signing-secret.rotated',
  listened: 'requests.listened',
} as const satisfies Record<RevisionAction, AuditAction>;
