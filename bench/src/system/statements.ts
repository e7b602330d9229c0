import type { Database } from '@interview-webhooks/database';

/** What clients ask of a database for its data; the rest is how they keep in touch. */
const COUNTED = ['find', 'insert', 'update', 'delete', 'aggregate', 'findAndModify', 'bulkWrite', 'getMore'];

/** How many statements the database has been given since it began, by its own count. */
export async function statementsOf({ workspaces }: Database): Promise<number> {
  const status = await workspaces.db.db?.command({ serverStatus: 1 });
  const commands = status?.['metrics'] as { commands: Record<string, { total: number } | undefined> }; // as MongoDB documents it
  return COUNTED.reduce((sum, name) => sum + (commands.commands[name]?.total ?? 0), 0);
}
