import type mongoose from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import { isIndexConflict, isNotThere } from './errors.ts';
import type { Models } from './models.ts';
import { replacedDeliveryIndexes } from './models/delivery.ts';
import { DatabaseUnusableError, isUnauthorized } from './unusable.ts';

type Db = mongoose.mongo.Db;

/** An index of a collection. */
interface NamedIndex {
  readonly collection: string;
  readonly name: string;
}

interface DeclaredIndex extends NamedIndex {
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly options: mongoose.mongo.IndexOptions;
}

/** What was done to the indexes; each as `collection.name`. */
export interface IndexChanges {
  readonly made: readonly string[];
  readonly dropped: readonly string[];
  /** How many were there already. */
  readonly kept: number;
}

/** Notified before each change, which takes as long as the collection is large. */
export type ReportIndex = (change: 'making' | 'dropping', index: string) => void;

/**
 * Makes the indexes that this version declares and drops those that it replaces. What is there already costs one look at each
 * collection, and no right to change anything.
 *
 * @throws DatabaseUnusableError where something is to be changed and the database's user may not, or where an index of the same
 *   name is another one
 */
export async function makeIndexes(
  db: Db,
  models: Models,
  report: ReportIndex = () => undefined,
): Promise<IndexChanges> {
  const declared = declaredIndexes(models);
  const found = await foundIndexes(db, models);
  const missing = declared.filter((index) => !found.some((other) => isSame(index, other)));
  // First of all: one with the same fields may be in the way of what is made.
  const replaced = replacedIndexes(models).filter((old) =>
    found.some(({ collection, name }) => collection === old.collection && name === old.name),
  );
  try {
    for (const index of replaced) {
      report('dropping', nameOf(index));
      await drop(db, index);
    }
    for (const index of missing) {
      report('making', nameOf(index));
      await make(db, index);
    }
  } catch (error) {
    throw isUnauthorized(error) ? unprepared(db, missing, replaced) : error;
  }
  return {
    made: missing.map(nameOf),
    dropped: replaced.map(nameOf),
    kept: declared.length - missing.length,
  };
}

function declaredIndexes(models: Models): DeclaredIndex[] {
  return Object.values(models).flatMap(({ schema, collection }) =>
    schema.indexes().map(([fields, options]) => {
      // Mongoose's types also allow its own shorthands here, which our schemas do not use.
      const keys = fields as DeclaredIndex['keys'];
      // As the server names one for which nobody has a name.
      const name = options.name ?? Object.entries(keys).flat().join('_');
      return { collection: collection.name, name, keys, options: options as DeclaredIndex['options'] };
    }),
  );
}

/** The indexes of earlier versions that would do harm. */
function replacedIndexes({ deliveries }: Models): NamedIndex[] {
  return replacedDeliveryIndexes.map((name) => ({ collection: deliveries.collection.name, name }));
}

interface FoundIndex extends NamedIndex {
  readonly description: mongoose.mongo.IndexDescriptionInfo;
}

async function foundIndexes(db: Db, models: Models): Promise<FoundIndex[]> {
  const names = Object.values(models).map(({ collection }) => collection.name);
  return (await Promise.all(names.map((collection) => indexesOf(db, collection)))).flat();
}

/** Those that can be used: one that is still being built has its description a level deeper, and so no name. */
async function indexesOf(db: Db, collection: string): Promise<FoundIndex[]> {
  try {
    const answer = await db.command({ listIndexes: collection, includeBuildUUIDs: true, cursor: {} });
    // As the command is documented. A collection has at most 64 indexes, so they all come at once.
    const { firstBatch } = (answer as { cursor: { firstBatch: mongoose.mongo.IndexDescriptionInfo[] } })
      .cursor;
    return firstBatch.map((description) => ({ collection, name: description.name ?? '', description }));
  } catch (error) {
    if (isNotThere(error)) return [];
    throw error;
  }
}

/** What decides how an index is used and what it refuses. */
const deciding = ['unique', 'expireAfterSeconds', 'partialFilterExpression'] as const;

function isSame({ collection, name, keys, options }: DeclaredIndex, found: FoundIndex): boolean {
  return (
    found.collection === collection &&
    found.name === name &&
    // With their order.
    isDeepStrictEqual(Object.entries(found.description.key), Object.entries(keys)) &&
    deciding.every((option) => isDeepStrictEqual(found.description[option], options[option]))
  );
}

async function drop(db: Db, { collection, name }: NamedIndex): Promise<void> {
  await db
    .collection(collection)
    .dropIndex(name)
    .catch((error: unknown) => {
      if (!isNotThere(error)) throw error;
    });
}

async function make(db: Db, index: DeclaredIndex): Promise<void> {
  const { collection, name, keys, options } = index;
  await db
    .collection(collection)
    .createIndex({ ...keys }, { ...options, name }, {})
    .catch((error: unknown) => {
      if (!isIndexConflict(error)) throw error;
      throw new DatabaseUnusableError(
        `The index ${nameOf(index)} in the database "${db.databaseName}" is not the one that this version declares. Drop it ` +
          `with db.getCollection('${collection}').dropIndex('${name}') in mongosh, then run \`interview-webhooks migrate\`.`,
      );
    });
}

function unprepared(
  db: Db,
  missing: readonly NamedIndex[],
  replaced: readonly NamedIndex[],
): DatabaseUnusableError {
  const lines = [
    `The database "${db.databaseName}" has not been prepared for this version, and the user in MONGODB_URI may not do it. Run`,
    '`interview-webhooks migrate` (in the packaged folder: node dist/migrate.js) with a user who may make indexes, then start again.',
    ...(missing.length > 0 ? [`  missing indexes: ${missing.map(nameOf).join(', ')}`] : []),
    ...(replaced.length > 0 ? [`  indexes to be dropped: ${replaced.map(nameOf).join(', ')}`] : []),
  ];
  return new DatabaseUnusableError(lines.join('\n'));
}

function nameOf({ collection, name }: NamedIndex): string {
  return `${collection}.${name}`;
}
