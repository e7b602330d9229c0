import type { mongo } from 'mongoose';
import type { ObjectId } from './object-id.ts';
import type { Located } from './shard-keys.ts';

/** What becomes of one document, if it is in the state that this was decided on. */
export interface Change<Document extends mongo.BSON.Document> {
  id: mongo.WithId<Document>['_id'];
  workspaceId: ObjectId;
  /** The state, without the id and the workspace. */
  filter: mongo.Filter<Document>;
  update: mongo.UpdateFilter<Document>;
}

/**
 * The statements for many changes: those of a workspace that are alike but for the id are one. Each statement has a price of
 * its own for the database, five times that of one more document. Still none is for two workspaces: a sharded
 * cluster sends what changes documents on two shards to all of them.
 */
export function statementsFor<Document extends mongo.BSON.Document>(
  changes: readonly Change<Document>[],
): mongo.AnyBulkWriteOperation<Document>[] {
  const alike = new Map<string, Omit<Change<Document>, 'id'> & { ids: Change<Document>['id'][] }>();
  for (const { id, workspaceId, filter, update } of changes) {
    const key = JSON.stringify([workspaceId, filter, update]);
    const known = alike.get(key);
    if (known) known.ids.push(id);
    else alike.set(key, { workspaceId, filter, update, ids: [id] });
  }
  return [...alike.values()].map(({ workspaceId, filter, update, ids }) => ({
    updateMany: {
      filter: { ...filter, workspaceId, _id: { $in: ids } },
      update,
      hint: { _id: 1 },
    },
  }));
}

/** The statements for one change of many documents: one for each workspace. */
export function statementsForAll<Document extends mongo.BSON.Document>(
  documents: readonly Located<Change<Document>['id']>[],
  change: Pick<Change<Document>, 'filter' | 'update'>,
): mongo.AnyBulkWriteOperation<Document>[] {
  return statementsFor(documents.map(({ _id: id, workspaceId }) => ({ id, workspaceId, ...change })));
}
