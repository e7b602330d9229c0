const lines = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after all earlier work under the same `key` in this process has ended. Spares writers of one
 * thing in one process the races that the database would make them repeat.
 */
export async function takeTurns<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const before = lines.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  lines.set(key, mine);
  try {
    return await mine;
  } finally {
    if (lines.get(key) === mine) lines.delete(key);
  }
}
