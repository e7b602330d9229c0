import type { mongo } from 'mongoose';
import type { Statements } from './alike.ts';
import { createBatcher, WRITE_PATIENCE_MS } from './batcher.ts';
import type { DirectCollections } from './models.ts';
import type { ResponseDocument } from './models/response.ts';

/** How a response changes if it is still in the state that this was decided on. */
interface ResponseChange {
  id: ResponseDocument['_id'];
  workspaceId: ResponseDocument['workspaceId'];
  /** The state, without the id and the workspace. */
  filter: mongo.Filter<ResponseDocument>;
  /** @param at when it happens: one time for all that are written together, so that most of them are alike */
  update: (at: Date) => mongo.UpdateFilter<ResponseDocument>;
  now: () => Date;
}

interface WrittenChange {
  /** False when it cannot be told whether the response was in that state: read it again. */
  isCertain: boolean;
  at: Date;
}

/** What the interview runtime writes with nearly every request: those of one moment go in one command. */
export interface Writers {
  /** Makes the change, and resolves when it is in the journal. */
  updateResponse(change: ResponseChange): Promise<WrittenChange>;
}

export function createWriters({ responses }: DirectCollections, statements: Statements): Writers {
  const batcher = createBatcher<ResponseChange, WrittenChange>(
    async (changes) => {
      const at = changes[0]?.now() ?? new Date();
      const decided = changes.map(({ update, ...change }) => ({ ...change, update: update(at) }));
      const { matchedCount } = await responses.bulkWrite(statements.of<ResponseDocument>(decided), {
        ordered: false,
      });
      return { isCertain: matchedCount === changes.length, at };
    },
    { patienceMs: WRITE_PATIENCE_MS },
  );
  return { updateResponse: (change) => batcher.add(change) };
}
