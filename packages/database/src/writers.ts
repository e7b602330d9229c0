import type { Change, Statements } from './alike.ts';
import { createBatcher, EVENT_REST_MS } from './batcher.ts';
import type { DirectCollections } from './models.ts';
import type { ResponseDocument } from './models/response.ts';

/** What the interview runtime writes with nearly every request: those of one moment go in one command. */
export interface Writers {
  /**
   * Makes the change, and resolves when it is in the journal.
   *
   * @returns false when it cannot be told whether the response was in that state; look again
   */
  updateResponse(change: Change<ResponseDocument>): Promise<boolean>;
}

/** A statement that a member which is gone does not answer keeps nobody from another one for longer. */
const PATIENCE_MS = 1_000;

export function createWriters({ responses }: DirectCollections, statements: Statements): Writers {
  const batcher = createBatcher<Change<ResponseDocument>, boolean>(
    async (changes) => {
      const { matchedCount } = await responses.bulkWrite(statements.of(changes), { ordered: false });
      return matchedCount === changes.length;
    },
    { restMs: EVENT_REST_MS, patienceMs: PATIENCE_MS },
  );
  return { updateResponse: (change) => batcher.add(change) };
}
