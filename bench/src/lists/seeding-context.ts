import type { Database } from '@interview-webhooks/database';
import { type Context, createTargetGuard, createVault, unattendedEvents } from '@interview-webhooks/domain';
import { allScopes } from '@interview-webhooks/schema';
import { randomBytes } from 'node:crypto';

/** What use cases need to fill a workspace and to read it. Nothing is sent. */
export function seedingContext(database: Database, workspaceId: string): Context {
  return {
    database,
    vault: createVault({ sealWith: 'bench', keys: new Map([['bench', randomBytes(32)]]) }),
    targetGuard: createTargetGuard({ allowedNetworks: [] }),
    now: () => new Date(),
    publicUrl: () => '',
    localMode: true,
    sender: { send: () => Promise.reject(new Error('nothing is sent')) },
    events: unattendedEvents,
    workspaceId,
    apiKeyId: '',
    actor: { type: 'api_key', id: null, name: 'Bench' },
    scopes: allScopes,
  };
}
