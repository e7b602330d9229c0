import type { Database } from '@interview-webhooks/database';
import { commandsDuring } from '@interview-webhooks/database/testing';

/** How the server carries out a `find`. */
export interface Plan {
  /** From the one that gives the answer down. */
  stages: string[];
  keys: number;
  docs: number;
}

const parts = ['find', 'filter', 'projection', 'sort', 'skip', 'limit', 'hint'];

/** The `find` commands that are sent while `work` goes on, and how the server carries out each. */
export async function plansOf(database: Database, work: () => Promise<unknown>): Promise<Plan[]> {
  const { db: connection } = database.workspaces;
  const sent = await commandsDuring(database, work);
  const commands = sent.map(({ command }) => command).filter((command) => 'find' in command);
  return Promise.all(
    commands.map(async (command) => {
      const find = Object.fromEntries(
        parts.flatMap((part) => (part in command ? [[part, command[part]]] : [])),
      );
      const explained = await connection.db?.command({ explain: find, verbosity: 'executionStats' });
      // What the server documents for explain.
      const { queryPlanner, executionStats } = explained as {
        queryPlanner: { winningPlan: unknown };
        executionStats: { totalKeysExamined: number; totalDocsExamined: number };
      };
      const plan = JSON.stringify(queryPlanner.winningPlan);
      return {
        stages: [...plan.matchAll(/"stage":"(\w+)"/g)].map(([, stage = '']) => stage),
        keys: executionStats.totalKeysExamined,
        docs: executionStats.totalDocsExamined,
      };
    }),
  );
}
