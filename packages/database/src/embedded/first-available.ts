/** An engine cannot run on this machine at all; the message says why, in a few words. */
export class EngineUnavailableError extends Error {
  override readonly name = 'EngineUnavailableError';
}

export interface EngineCandidate<T> {
  readonly name: string;
  readonly start: () => Promise<T>;
}

/**
 * Starts the first engine that can run here.
 *
 * Any error but {@link EngineUnavailableError} ends the search: an engine that can run and fails (a full
 * disk, damaged data) must not be papered over by another one that starts with an empty database.
 *
 * @param onUnavailable called for each engine that is passed over
 * @throws Error one message with every engine's reason and what to do
 */
export async function firstAvailable<T>(
  candidates: readonly EngineCandidate<T>[],
  onUnavailable: (name: string, reason: string) => void,
): Promise<T> {
  const reasons: string[] = [];
  for (const { name, start } of candidates) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      onUnavailable(name, error.message);
      reasons.push(`${name}: ${error.message}`);
    }
  }
  throw new Error(
    `No MongoDB engine can run here. ${reasons.join('; ')}. Set MONGODB_URI to a MongoDB server instead.`,
  );
}
