import type { mongo } from 'mongoose';
import { createBatcher } from './batcher.ts';
import type { DirectCollections } from './models.ts';
import type { ResponseDocument } from './models/response.ts';

/** A change of one response, made only in the state that it was decided on. */
export interface ResponseUpdate {
  filter: mongo.Filter<ResponseDocument>;
  update: mongo.UpdateFilter<ResponseDocument>;
}

/** What the interview runtime writes with nearly every request: those of one moment go in one statement. */
export interface Writers {
  /**
   * Makes the change, and resolves when it is in the journal.
   *
   * @returns false when it cannot be told whether the response was in that state; look again
   */
  updateResponse(change: ResponseUpdate): Promise<boolean>;
}

export function createWriters({ responses }: DirectCollections): Writers {
  const batcher = createBatcher<ResponseUpdate, boolean>(async (changes) => {
    const { matchedCount } = await responses.bulkWrite(
      changes.map((updateOne) => ({ updateOne })),
      { ordered: false },
    );
    return matchedCount === changes.length;
  });
  return { updateResponse: (change) => batcher.add(change) };
}
