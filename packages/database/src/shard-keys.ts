import type { Models } from './models.ts';
import type { ObjectId } from './object-id.ts';

type ShardKey = Readonly<Record<string, 1 | 'hashed'>>;

/** Keeps a workspace together while it is small, and lets one that is large be divided. */
const workspaceThenId = { workspaceId: 1, _id: 1 } as const;
/** Where a unique index begins with the workspace: on a sharded collection it has to begin with the whole shard key. */
const workspace = { workspaceId: 1 } as const;

/**
 * What each collection is divided by on a sharded cluster; null for those that stay whole, on one shard. A cluster sends a
 * statement to every shard unless it names at least the first field. docs/scaling.md has the commands, and why each.
 */
export const shardKeys = {
  deliveries: workspaceThenId,
  attempts: workspaceThenId,
  aiInterviews: workspaceThenId,
  auditEntries: workspaceThenId,
  sentRequests: workspaceThenId,
  responses: workspace,
  webhookSettings: workspace,
  // Their ids begin with the workspace.
  deliveryStats: { _id: 1 },
  endpoints: { _id: 1 },
  // A hash already, but as such it would begin on one shard.
  idempotencyKeys: { _id: 'hashed' },
  // Few documents, found in more than one way: no one key would serve all of them.
  workspaces: null,
  apiKeys: null,
  sessions: null,
  redeliveries: null,
  walked: null,
  wakeUps: null,
} as const satisfies Record<keyof Models, ShardKey | null>;

/** What a document of a workspace is found by, on a sharded cluster as well. */
export interface Located<Id = unknown> {
  _id: Id;
  workspaceId: ObjectId;
}

/** Finds documents of one or several workspaces by their ids, and asks only shards that may have them. For reading: see `Statements`. */
export function located<Id>(documents: readonly Located<Id>[]) {
  const workspaces = new Map(documents.map(({ workspaceId }) => [workspaceId.toHexString(), workspaceId]));
  return {
    workspaceId: { $in: [...workspaces.values()] },
    _id: { $in: documents.map(({ _id }) => _id) },
  };
}
