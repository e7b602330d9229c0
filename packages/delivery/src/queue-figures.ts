import { type Database, dueByEndpointIndex, dueIndex, outboxIndex } from '@interview-webhooks/database';

/** What waits in the whole system, whoever it belongs to. */
export interface QueueFigures {
  /** Due, and taken up by nobody. */
  due: number;
  /** Wait for a retry, or for an endpoint that fails. */
  later: number;
  /** Since when the longest due delivery has been due; 0 where none is. */
  oldestDueMs: number;
  /** Responses with events that are not deliveries yet. */
  outbox: number;
  /** Endpoints that fail, by what their breakers say. */
  endpoints: Record<'failing' | 'open' | 'probing', number>;
}

/** Counting goes through an index one by one, so it ends here. */
export const COUNTED_UP_TO = 100_000;
/** Whoever asks is a monitor, and asks again. */
const MAX_TIME_MS = 2_000;

/** Reads what waits, from indexes alone. */
export async function readQueue({
  database,
  now,
}: {
  database: Database;
  now: () => Date;
}): Promise<QueueFigures> {
  const { deliveries, responses } = database;
  const at = now();
  const bounded = { limit: COUNTED_UP_TO, maxTimeMS: MAX_TIME_MS };
  const [due, later, oldest, outbox, unleased, endpoints] = await Promise.all([
    deliveries.countDocuments({ dueAt: { $lte: at } }, { ...bounded, hint: dueIndex }),
    // With the state in the index, what is being attempted is told apart without a look at it. All of them have an endpoint: a
    // MongoDB before 7 reads the documents unless the index's first field is asked for.
    deliveries.countDocuments(
      { endpoint: { $gte: '' }, state: 'pending', dueAt: { $gt: at } },
      { ...bounded, hint: dueByEndpointIndex },
    ),
    deliveries
      .findOne({ dueAt: { $lte: at } }, { _id: 0, dueAt: 1 })
      .sort(dueIndex)
      .hint(dueIndex)
      .maxTimeMS(MAX_TIME_MS)
      .lean(),
    responses.countDocuments({ 'outboxEntries.until': { $exists: true } }, { ...bounded, hint: outboxIndex }),
    responses.countDocuments({ outbox: { $exists: true } }, bounded),
    countEndpoints(database, at),
  ]);
  const oldestDueMs = oldest?.dueAt ? Math.max(0, at.getTime() - oldest.dueAt.getTime()) : 0;
  return { due, later, oldestDueMs, outbox: outbox + unleased, endpoints };
}

/** Only endpoints that fail are stored, so there are few. */
async function countEndpoints({ endpoints }: Database, at: Date): Promise<QueueFigures['endpoints']> {
  const [failing, open, probing] = await Promise.all(
    [null, { $gt: at }, { $lte: at }].map((openUntil) =>
      endpoints.countDocuments({ openUntil }, { limit: COUNTED_UP_TO, maxTimeMS: MAX_TIME_MS }),
    ),
  );
  return { failing: failing ?? 0, open: open ?? 0, probing: probing ?? 0 };
}
