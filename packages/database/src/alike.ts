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
  /** Those that remove documents, of a workspace or of none, for which `filter` still holds. */
  removing(
    documents: readonly { _id: ObjectId; workspaceId?: unknown }[],
    filter: mongo.BSON.Document,
  ): mongo.AnyBulkWriteOperation[];
}

/**
 * @param isSharded whether no statement may be for two workspaces: a sharded cluster sends what changes documents on two shards
 *   to all of them. Elsewhere that would only make more statements.
 */
export function createStatements(isSharded: () => boolean): Statements {
  const workspaceIn = ({ workspaceId }: { workspaceId?: unknown }) =>
    isSharded() && workspaceId !== undefined ? { workspaceId } : {};
  const statements: Statements = {
    of: <Document extends mongo.BSON.Document>(changes: readonly Change<Document>[]) => {
      const told = (change: Change<Document>) => [workspaceIn(change), change.filter, change.update];
      return alike(changes, told).map((those) => ({
        updateMany: {
          filter: { ...those[0].filter, ...workspaceIn(those[0]), _id: { $in: those.map(({ id }) => id) } },
          update: those[0].update,
          hint: { _id: 1 },
        },
      }));
    },
    ofAll: (documents, change) =>
      statements.of(documents.map(({ _id: id, workspaceId }) => ({ id, workspaceId, ...change }))),
    removing: (documents, filter) =>
      alike(documents, workspaceIn).map((those) => ({
        deleteMany: {
          filter: { ...filter, ...workspaceIn(those[0]), _id: { $in: those.map(({ _id }) => _id) } },
          hint: { _id: 1 },
        },
      })),
  };
  return statements;
}

/** Puts those together of which `told` says the same. */
function alike<Item>(items: readonly Item[], told: (item: Item) => unknown): [Item, ...Item[]][] {
  const found = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = JSON.stringify(told(item));
    const known = found.get(key);
    if (known) known.push(item);
    else found.set(key, [item]);
  }
  return [...found.values()];
}
