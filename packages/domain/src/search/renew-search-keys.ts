import {
  type AiInterviewDocument,
  type Database,
  ObjectId,
  type ResponseDocument,
} from '@interview-webhooks/database';
import type { Searched } from './found-ids.ts';
import { searchKeys } from './search-keys.ts';

/** Of the form in which keys are stored: a new one is a new walk over everything. */
const FORM = 'search-keys-2';
const STEP = 500;
/** Ids are made by the process that inserts, and stored a moment later. */
const OVERLAP_MS = 3_600_000;

type Found = Pick<ResponseDocument, '_id' | 'candidate' | 'search'> &
  Pick<AiInterviewDocument, '_id' | 'name' | 'search'>;

const textsOf: Record<Searched, (found: Found) => string[]> = {
  responses: ({ candidate }) => [candidate.name, candidate.email],
  aiInterviews: ({ name }) => [name],
};

/**
 * Writes the search keys anew where a version before has stored them in another form. Goes through the collections in
 * steps of {@link STEP}, and notes each step: a process that ends leaves its place to the next one, and what has been
 * looked at is not looked at again. Other versions may run beside it.
 *
 * @returns how many were written anew
 */
export async function renewSearchKeys(database: Database, signal?: AbortSignal): Promise<number> {
  let renewed = 0;
  for (const collection of ['aiInterviews', 'responses'] as const) {
    const mark = `${FORM} ${collection}`;
    const walked = await database.walked.findById(mark).lean();
    let after = walked ? overlapping(walked.upTo) : new ObjectId('0'.repeat(24));
    for (;;) {
      if (signal?.aborted) return renewed;
      const step = await renewStep(database, collection, after);
      renewed += step.renewed;
      if (step.last === undefined) break;
      after = step.last;
      await database.walked.updateOne({ _id: mark }, { $max: { upTo: after } }, { upsert: true });
    }
  }
  return renewed;
}

/** A document is only written while its keys are what was read. */
async function renewStep(
  { direct }: Database,
  collection: Searched,
  after: ObjectId,
): Promise<{ last: ObjectId | undefined; renewed: number }> {
  const found = await direct[collection]
    .find({ _id: { $gt: after } }, { projection: { name: 1, candidate: 1, search: 1 } })
    .sort({ _id: 1 })
    .limit(STEP)
    .toArray();
  const updates = (found as unknown as Found[]) // what the projection leaves of either
    .map((document) => ({ ...document, keys: searchKeys(...textsOf[collection](document)) }))
    .filter(({ search, keys }) => keys.join('\n') !== search.join('\n'))
    .map(({ _id, search, keys }) => ({
      updateOne: { filter: { _id, search }, update: { $set: { search: keys } } },
    }));
  if (updates.length > 0) await direct[collection].bulkWrite(updates, { ordered: false });
  return { last: found.at(-1)?._id, renewed: updates.length };
}

function overlapping(upTo: ObjectId): ObjectId {
  return ObjectId.createFromTime(Math.max(0, (upTo.getTimestamp().getTime() - OVERLAP_MS) / 1000));
}
