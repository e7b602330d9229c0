import type { mongo, Schema } from 'mongoose';
import type { Statements } from './alike.ts';
import type { Models } from './models.ts';
import { READ_MAX_MS } from './read-bounds.ts';

/** A collection whose documents end by themselves. */
export interface Expiring {
  readonly collection: string;
  /**
   * Removes documents that are over, `limit` at most.
   *
   * @returns how many there were; as many as `limit` where there may be more
   */
  remove(now: Date, limit: number): Promise<number>;
}

/** A TTL index, as a model declares it. */
interface TtlIndex {
  field: string;
  keptSeconds: number;
  /** What else must hold. */
  filter: Record<string, unknown>;
  name: string;
}

/**
 * The collections with a TTL index. MongoDB's own monitor removes what is over once a minute; the embedded engine has none,
 * and one that is switched off or behind says nothing. So the system does it, too, by the same indexes.
 */
export function expiringCollections(models: Models, statements: Statements): Expiring[] {
  return Object.values(models).flatMap(({ schema, collection }) =>
    ttlIndexesOf(schema).map((index) => ({
      collection: collection.name,
      remove: (now: Date, limit: number) => remove(collection, index, { now, limit, statements }),
    })),
  );
}

function ttlIndexesOf(schema: Schema): TtlIndex[] {
  return schema.indexes().flatMap(([fields, options]) => {
    const { expireAfterSeconds, partialFilterExpression = {} } = options;
    if (expireAfterSeconds === undefined) return [];
    // A TTL index has one field.
    const [field = ''] = Object.keys(fields);
    return [
      {
        field,
        keptSeconds: expireAfterSeconds,
        filter: partialFilterExpression,
        name: options.name ?? `${field}_1`,
      },
    ];
  });
}

async function remove(
  collection: { find: unknown; deleteMany: unknown },
  { field, keptSeconds, filter, name }: TtlIndex,
  { now, limit, statements }: { now: Date; limit: number; statements: Statements },
): Promise<number> {
  const documents = collection as unknown as mongo.Collection; // Mongoose's own type for it has no options
  const isOver = { ...filter, [field]: { $lte: new Date(now.getTime() - keptSeconds * 1_000) } };
  const found = await documents
    .find(isOver, { projection: { workspaceId: 1 }, limit, maxTimeMS: READ_MAX_MS })
    .hint(name)
    .toArray();
  if (found.length === 0) return 0;
  await documents.bulkWrite(
    // Still over: what was sent again meanwhile stays.
    statements.removing(found, isOver),
    // Not waited for on disk: what a crash brings back is removed again.
    { ordered: false, writeConcern: { w: 1, journal: false } },
  );
  return found.length;
}
