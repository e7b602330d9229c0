import type { mongo } from 'mongoose';

/** What becomes of one document, if it is in the state that this was decided on. */
export interface Change<Document extends mongo.BSON.Document> {
  id: mongo.WithId<Document>['_id'];
  /** The state, without the id. */
  filter: mongo.Filter<Document>;
  update: mongo.UpdateFilter<Document>;
}

/**
 * The statements for many changes: those that are alike but for the id are one. Each statement has a price of its own
 * for the database, five times that of one more document.
 */
export function statementsFor<Document extends mongo.BSON.Document>(
  changes: readonly Change<Document>[],
): mongo.AnyBulkWriteOperation<Document>[] {
  const alike = new Map<
    string,
    Pick<Change<Document>, 'filter' | 'update'> & { ids: Change<Document>['id'][] }
  >();
  for (const { id, filter, update } of changes) {
    const key = JSON.stringify([filter, update]);
    const known = alike.get(key);
    if (known) known.ids.push(id);
    else alike.set(key, { filter, update, ids: [id] });
  }
  return [...alike.values()].map(({ filter, update, ids }) => ({
    updateMany: {
      filter: { ...filter, _id: { $in: ids } },
      update,
      hint: { _id: 1 },
    },
  }));
}
