import { allScopes, type Scope } from '@interview-webhooks/schema';

/** The scopes by what they are about, each with what it allows. */
export const scopeGroups: readonly {
  subject: string;
  scopes: readonly { scope: Scope; allows: string }[];
}[] = [
  {
    subject: 'Webhook settings',
    scopes: [
      { scope: 'settings:read', allows: 'Read' },
      { scope: 'settings:write', allows: 'Change' },
    ],
  },
  {
    subject: 'AI interviews',
    scopes: [
      { scope: 'interviews:read', allows: 'Read' },
      { scope: 'interviews:write', allows: 'Change' },
    ],
  },
  {
    subject: 'Deliveries',
    scopes: [
      { scope: 'deliveries:read', allows: 'Read' },
      { scope: 'deliveries:write', allows: 'Change' },
    ],
  },
  { subject: 'API keys', scopes: [{ scope: 'keys:manage', allows: 'Manage' }] },
  // Comes with managing keys.
  { subject: 'Audit trail', scopes: [{ scope: 'audit:read', allows: 'Read' }] },
];

const readScopes = allScopes.filter((scope) => scope.endsWith(':read'));

/** What a key may do, as short as can be. */
export function scopesSummary(scopes: readonly Scope[]): string {
  if (scopes.length === allScopes.length) return 'Everything';
  const isReadOnly = scopes.every((scope) => readScopes.includes(scope));
  return isReadOnly && scopes.length === readScopes.length ? 'Read everything' : scopes.join(', ');
}
