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

/** Makes few statements of many changes. Each has a price of its own for the database, five times that of one more document. */
export interface Statements {
  /** Those for changes that are alike but for the id are one. */
  of<Document extends mongo.BSON.Document>(
    changes: readonly Change<Document>[],
  ): mongo.AnyBulkWriteOperation<Document>[];
  /** Those for one change of many documents. */
  ofAll<Document extends mongo.BSON.Document>(
    documents: readonly Located<Change<Document>['id']>[],
    change: Pick<Change<Document>, 'filter' | 'update'>,
  ): mongo.AnyBulkWriteOperation<Document>[];
}

/**
 * @param isSharded whether no statement may be for two workspaces: a sharded cluster sends what changes documents on two shards
 *   to all of them. Elsewhere that would only make more statements.
 */
export function createStatements(isSharded: () => boolean): Statements {
  const statements: Statements = {
    of: <Document extends mongo.BSON.Document>(changes: readonly Change<Document>[]) =>
      alike(changes, isSharded()).map(({ workspaceId, filter, update, ids }) => ({
        updateMany: {
          filter: { ...filter, ...(isSharded() && { workspaceId }), _id: { $in: ids } },
          update,
          hint: { _id: 1 },
        },
      })),
    ofAll: (documents, change) =>
      statements.of(documents.map(({ _id: id, workspaceId }) => ({ id, workspaceId, ...change }))),
  };
  return statements;
}

type Alike<Document extends mongo.BSON.Document> = Omit<Change<Document>, 'id'> & {
  ids: Change<Document>['id'][];
};

function alike<Document extends mongo.BSON.Document>(
  changes: readonly Change<Document>[],
  byWorkspace: boolean,
): Alike<Document>[] {
  const found = new Map<string, Alike<Document>>();
  for (const { id, workspaceId, filter, update } of changes) {
    const key = JSON.stringify([byWorkspace && workspaceId, filter, update]);
    const known = found.get(key);
    if (known) known.ids.push(id);
    else found.set(key, { workspaceId, filter, update, ids: [id] });
  }
  return [...found.values()];
}
