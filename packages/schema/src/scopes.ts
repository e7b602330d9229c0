import { z } from 'zod';

/** What an API key may do. A key holds any number of them; every procedure asks for exactly one. */
export const Scope = z.enum([
  'settings:read',
  'settings:write',
  'interviews:read',
  'interviews:write',
  'deliveries:read',
  'deliveries:write',
  'keys:manage',
  // Held by every key that holds keys:manage, too: who hands out keys may see what they are used for.
  'audit:read',
]);
export type Scope = z.infer<typeof Scope>;

export const allScopes = Scope.options;
