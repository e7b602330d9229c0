import type { Database } from '@interview-webhooks/database';

/** What clients ask of a database for its data; the rest is how they keep in touch. */
export const STATEMENTS = [
  'find',
  'insert',
  'update',
  'delete',
  'aggregate',
  'findAndModify',
  'bulkWrite',
  'getMore',
] as const;

/** So many statements of each kind. */
export type Statements = Record<(typeof STATEMENTS)[number], number>;

/** How many statements the database, of a replica set the primary, has been given since it began, by its own count. */
export async function statementsOf({ workspaces }: Database): Promise<Statements> {
  const status = await workspaces.db.db?.command({ serverStatus: 1 });
  const { commands } = status?.['metrics'] as { commands: Record<string, { total: number } | undefined> }; // as MongoDB documents it
  // By these the other members copy.
  const isCopying = (kind: keyof Statements) => kind === 'getMore' && status?.['repl'] !== undefined;
  return byKind((kind) => (isCopying(kind) ? 0 : (commands[kind]?.total ?? 0)));
}

/** What `count` says of each kind. */
export function byKind(count: (kind: keyof Statements) => number): Statements {
  return Object.fromEntries(STATEMENTS.map((kind) => [kind, count(kind)])) as Statements; // each kind is there
}
