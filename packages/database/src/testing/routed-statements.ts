import type { Database } from '../database.ts';
import { shardKeys } from '../shard-keys.ts';
import { commandsDuring } from './commands-during.ts';

type Fields = Readonly<Record<string, unknown>>;
type ShardKey = Fields | null;

/** A statement as it looks with any values, and where a sharded cluster sends it. */
export interface RoutedStatement {
  /** For example `find deliveries {workspaceId: $in, _id: $in, lease}`. */
  readonly shape: string;
  /**
   * `routed` to the shards that may have what it names; or to `every shard`. `refused` where a change of one document does not
   * name its whole shard key, which not every supported version of MongoDB takes.
   */
  readonly route: 'routed' | 'every shard' | 'refused';
}

/** One operation of a command: an update of many comes as several of them. */
export interface Operation {
  readonly kind: 'read' | 'insert' | 'changeOne' | 'changeMany';
  readonly filter: Fields;
  readonly upsert?: boolean;
}

/**
 * The statements that are sent while `work` goes on, each shape once, and where a cluster that is sharded by `shardKeys` would
 * send each, by the rules that its routers go by.
 *
 * @param database opened with `monitorCommands`
 */
export async function routedStatements(
  database: Database,
  work: () => Promise<unknown>,
): Promise<RoutedStatement[]> {
  const keys = shardKeysOf(database);
  const found = new Map<string, RoutedStatement>();
  for (const { commandName, command } of await commandsDuring(database, work)) {
    const collection = String(command[commandName]);
    for (const operation of operationsOf(commandName, command)) {
      if (!keys.has(collection)) throw new Error(`${collection} has no entry in shardKeys`);
      const shape = `${commandName} ${collection} ${shapeOf(operation.filter)}`;
      const route = routeOf(operation, keys.get(collection) ?? null);
      found.set(`${shape} ${route}`, { shape, route });
    }
  }
  return [...found.values()];
}

function shardKeysOf(database: Database): Map<string, ShardKey> {
  const models = Object.keys(shardKeys) as (keyof typeof shardKeys)[]; // its own keys
  return new Map(models.map((model) => [database[model].collection.name, shardKeys[model]]));
}

/** Where a router sends an operation on a collection that is sharded by `key`; a whole collection is on one shard. */
export function routeOf({ kind, filter, upsert }: Operation, key: ShardKey): RoutedStatement['route'] {
  if (key === null) return 'routed';
  const [first = '', ...others] = Object.keys(key);
  const values = valuesOf(filter, first);
  const isWhole = values === 1 && others.every((field) => valuesOf(filter, field) === 1);
  switch (kind) {
    case 'insert':
      return isWhole ? 'routed' : 'refused';
    case 'changeOne':
      return isWhole ? 'routed' : 'refused';
    case 'changeMany':
      if (upsert) return isWhole ? 'routed' : 'refused';
      // What concerns more than one shard goes to all of them.
      return values === 1 ? 'routed' : 'every shard';
    case 'read':
      return values === undefined ? 'every shard' : 'routed';
  }
}

/** How many values `filter` leaves for a field: undefined for any, Infinity for a part of them. */
function valuesOf(filter: Fields, field: string): number | undefined {
  const conditions = [filter, ...((filter['$and'] ?? []) as Fields[])]; // as MongoDB defines it
  for (const condition of conditions) {
    if (!(field in condition)) continue;
    const operators = operatorsOf(condition[field]);
    if (operators === undefined || '$eq' in operators) return 1;
    if (Array.isArray(operators['$in'])) return new Set(operators['$in'].map(String)).size;
    if (('$gt' in operators || '$gte' in operators) && ('$lt' in operators || '$lte' in operators))
      return Infinity;
  }
  return undefined;
}

/** Undefined for what is a plain value. */
function operatorsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.keys(value).some((name) => name.startsWith('$')) ? (value as Fields) : undefined; // an object
}

function shapeOf(filter: Fields): string {
  const fields = Object.entries(filter).map(([field, value]) => {
    if (field.startsWith('$') && Array.isArray(value))
      return `${field}: [${value.map((part) => shapeOf(part as Fields)).join(', ')}]`; // as MongoDB defines it
    const operators = operatorsOf(value);
    return operators ? `${field}: ${Object.keys(operators).join(' ')}` : field;
  });
  return `{${fields.join(', ')}}`;
}

/** What a command does with documents; nothing for those that keep in touch, and for what goes on with a cursor. */
function operationsOf(name: string, command: Fields): Operation[] {
  const each = (field: string) => command[field] as Fields[]; // as the driver sends it
  switch (name) {
    case 'find':
      return [{ kind: 'read', filter: (command['filter'] ?? {}) as Fields }];
    case 'distinct':
    case 'count':
      return [{ kind: 'read', filter: (command['query'] ?? {}) as Fields }];
    case 'aggregate': {
      // Without a collection: the time.
      if (typeof command['aggregate'] !== 'string') return [];
      const [first = {}] = each('pipeline');
      // A subscription, not a question: it has a cursor on each shard, opened once.
      if ('$changeStream' in first) return [];
      return [{ kind: 'read', filter: (first['$match'] ?? {}) as Fields }];
    }
    case 'insert':
      return each('documents').map(({ _id, workspaceId }) => ({
        kind: 'insert',
        filter: { ...(workspaceId !== undefined && { workspaceId }), ...(_id !== undefined && { _id }) },
      }));
    case 'update':
      return each('updates').map(({ q, multi, upsert }) => ({
        kind: multi === true ? 'changeMany' : 'changeOne',
        filter: q as Fields,
        upsert: upsert === true,
      }));
    case 'delete':
      return each('deletes').map(({ q, limit }) => ({
        kind: limit === 0 ? 'changeMany' : 'changeOne',
        filter: q as Fields,
      }));
    case 'findAndModify':
      return [{ kind: 'changeOne', filter: command['query'] as Fields, upsert: command['upsert'] === true }];
    case 'bulkWrite':
      throw new Error('bulkWrite over several collections is not looked into here');
    default:
      return [];
  }
}
