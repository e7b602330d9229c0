import { createBatcher, type EndpointDocument, isDuplicateKey, ObjectId } from '@interview-webhooks/database';
import { workspaceOf } from '@interview-webhooks/domain';
import type { EngineServices } from '../engine/engine-options.ts';
import { afterOutcomes, type BreakerState, type Outcomes, paused } from './breaker.ts';

const FORGOTTEN_AFTER_MS = 7 * 86_400_000;
/** Losing to other workers so often means that all of them note the same failures. */
const MAX_TRIES = 5;
/** Journaled with whatever comes next: what a crash loses here, the next failure tells again. */
const soft = { writeConcern: { w: 1, journal: false } };

/** What all workers know of endpoints that fail. */
export interface EndpointHealth {
  /** Those of `endpoints` that fail. */
  read(endpoints: Iterable<string>): Promise<Map<string, EndpointDocument>>;
  /** The same for one of many that are asked for at the same moment. */
  readOne(endpoint: string): Promise<EndpointDocument | undefined>;
  /**
   * Allows one delivery to an endpoint whose pause is over, to see whether it works again.
   *
   * @returns until when nothing else is sent there, or null when another worker was faster
   */
  takeProbe(known: EndpointDocument): Promise<Date | null>;
  /** Notes what came of attempts, and lets what waits for an endpoint go when that works again. */
  note(endpoint: string, outcomes: Outcomes): Promise<BreakerState | null>;
}

export function createEndpointHealth({ database, now }: EngineServices): EndpointHealth {
  const { endpoints, deliveries } = database;

  const works = async (endpoint: string): Promise<void> => {
    const { deletedCount } = await endpoints.deleteOne({ _id: endpoint }, soft);
    if (deletedCount === 0) return;
    const workspaceId = workspaceOf(endpoint);
    await deliveries.updateMany(
      { workspaceId, state: 'pending', reason: 'endpoint-failing', endpoint },
      { $set: { dueAt: now(), reason: null } },
    );
  };

  /** @returns undefined when another worker was faster */
  const noteFailures = async (endpoint: string, outcomes: Outcomes): Promise<BreakerState | undefined> => {
    const at = now();
    const stored = await endpoints.findById(endpoint).lean();
    // What is over begins anew, whether it was removed or not.
    const known = stored && stored.expiresAt > at ? stored : null;
    const state = afterOutcomes(known, outcomes, at);
    if (!state) throw new Error('failures alone never make an endpoint work');
    const { failures, failingSince, openUntil, pauses } = state;
    const expiresAt = new Date(at.getTime() + FORGOTTEN_AFTER_MS);
    const change = { failures, failingSince, openUntil, pauses, expiresAt };
    if (stored) {
      const { version } = stored;
      const written = await endpoints.updateOne(
        { _id: endpoint, version },
        { $set: { ...change, version: version + 1 } },
        soft,
      );
      return written.matchedCount === 1 ? state : undefined;
    }
    try {
      const workspaceId = new ObjectId(workspaceOf(endpoint));
      await database.direct.endpoints.insertOne({ _id: endpoint, workspaceId, ...change, version: 0 }, soft);
      return state;
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  };

  const read = async (wanted: Iterable<string>): Promise<Map<string, EndpointDocument>> => {
    const ids = [...new Set(wanted)];
    if (ids.length === 0) return new Map();
    const found = await endpoints
      .find({ _id: { $in: ids }, expiresAt: { $gt: now() } })
      .limit(ids.length)
      .batchSize(ids.length)
      .lean();
    return new Map(found.map((state) => [state._id, state]));
  };
  const reading = createBatcher(read);

  return {
    read,
    readOne: async (endpoint) => (await reading.add(endpoint)).get(endpoint),
    async takeProbe(known) {
      const { _id, version } = known;
      const { openUntil, pauses } = paused(known, now());
      const change = { openUntil, pauses, version: version + 1 };
      const taken = await endpoints.updateOne({ _id, version }, { $set: change }, soft);
      return taken.matchedCount === 1 ? openUntil : null;
    },
    async note(endpoint, outcomes) {
      if (outcomes.successes > 0) {
        await works(endpoint);
        return null;
      }
      for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
        const state = await noteFailures(endpoint, outcomes);
        if (state) return state;
      }
      return endpoints.findById(endpoint).lean();
    },
  };
}
