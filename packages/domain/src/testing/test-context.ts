import { type Database, ObjectId, type WorkspaceDocument } from '@interview-webhooks/database';
import { testDatabase, type TestDatabaseOptions } from '@interview-webhooks/database/testing';
import { allScopes } from '@interview-webhooks/schema';
import { randomBytes } from 'node:crypto';
import type { Context, Services } from '../context.ts';
import { unattendedEvents } from '../deliveries/event-sink.ts';
import { createTargetGuard } from '../outbound/target-guard.ts';
import { createVault } from '../secrets/vault.ts';

export interface TestWorld extends AsyncDisposable {
  readonly services: Services & { now: () => Date };
  /** Moves the clock. */
  advance(ms: number): void;
  /** The owner of a workspace that nobody has used yet. */
  newWorkspace(): Context;
  /** The owner of a workspace that is stored, with a key that is stored, too. */
  newOwner(workspace?: Pick<WorkspaceDocument, 'demo'>): Promise<Context>;
  /** The database as another process has it. */
  readonly otherProcess: () => Promise<Database>;
}

/** Use cases on a real database, with a clock that only the test moves and names that all resolve publicly. */
export async function testWorld(options?: TestDatabaseOptions): Promise<TestWorld> {
  const { database, otherProcess, [Symbol.asyncDispose]: dispose } = await testDatabase(options);
  let time = Date.parse('2026-01-31T12:00:00Z');
  const services: Services = {
    database,
    vault: createVault({ sealWith: 'test', keys: new Map([['test', randomBytes(32)]]) }),
    targetGuard: createTargetGuard({ allowedNetworks: [], lookup: () => Promise.resolve(['93.184.216.34']) }),
    now: () => new Date(time),
    localMode: false,
    publicUrl: () => 'https://hooks.example',
    sender: { send: () => Promise.reject(new Error('no test of a use case sends; see packages/delivery')) },
    events: unattendedEvents,
  };
  return {
    services,
    advance: (ms) => {
      time += ms;
    },
    newWorkspace: () => ({
      ...services,
      workspaceId: new ObjectId().toHexString(),
      apiKeyId: new ObjectId().toHexString(),
      actor: { type: 'api_key', id: null, name: 'Owner' },
      scopes: allScopes,
    }),
    newOwner: async (more) => {
      const [workspaceId, _id] = [new ObjectId(), new ObjectId()];
      const createdAt = services.now();
      await database.workspaces.create({ _id: workspaceId, name: 'w', createdAt, ...more });
      const key = { _id, workspaceId, name: 'Owner', scopes: allScopes, createdAt };
      await database.apiKeys.create({ ...key, prefix: 'iwk_owner', hash: _id.toHexString() });
      const id = _id.toHexString();
      return {
        ...services,
        workspaceId: workspaceId.toHexString(),
        apiKeyId: id,
        actor: { type: 'api_key', id, name: 'Owner' },
        scopes: allScopes,
      };
    },
    otherProcess,
    [Symbol.asyncDispose]: dispose,
  };
}
