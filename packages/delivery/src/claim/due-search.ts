import {
  type Database,
  type DeliveryDocument,
  dueByEndpointIndex,
  dueIndex,
  type ResponseDocument,
} from '@interview-webhooks/database';
import type { Saturated } from '../schedule/capacity.ts';
import { placeAt } from '../schedule/place.ts';

/** What is due, as much of it as a claim needs to know. */
export type Due = Pick<DeliveryDocument, '_id' | 'workspaceId' | 'endpoint' | 'trigger'>;

const fields = { workspaceId: 1, endpoint: 1, trigger: 1 } as const;

/** Sorts after every endpoint of a workspace, which all begin with its id and a space. */
const afterAllOf = (workspaceId: string) => `${workspaceId}!`;

/** Sorts after every endpoint of an origin, which all go on with a slash: `0` is the next character. */
const afterOrigin = (origin: string) => `${origin}0`;

export type DueSearch = ReturnType<typeof createDueSearch>;

/**
 * Finds what is to be done for any workspace. Each question is answered from an index, whatever else waits. These are the
 * only ones on a delivery's way that name no workspace, so that a sharded cluster has to ask every shard; docs/scaling.md has
 * what that costs.
 */
export function createDueSearch({ committed, deliveries, responses }: Database) {
  /** The walk over the endpoints comes from here. */
  let walkedTo = '';

  // `batchSize`: all in the first answer. What is over a hundred would be a statement more.
  return {
    /**
     * What has events in its outbox whose leases are over: a crash left them, here or elsewhere. What a primary has alone may
     * vanish, and is not sent.
     */
    async outboxes(at: Date, limit: number): Promise<ResponseDocument[]> {
      // The second is for what a version without leases left.
      const questions = [{ 'outboxEntries.until': { $lte: at } }, { outbox: { $exists: true } }];
      const found = await Promise.all(
        questions.map((question) =>
          committed((options) =>
            responses.find(question).setOptions(options).limit(limit).batchSize(limit).lean(),
          ),
        ),
      );
      return found.flat();
    },

    /** The longest due first. */
    oldest: (at: Date, limit: number): Promise<Due[]> =>
      deliveries
        .find({ dueAt: { $lte: at } }, fields)
        .sort(dueIndex)
        .limit(limit)
        .batchSize(limit)
        .hint(dueIndex)
        .lean(),

    /**
     * Goes on to the next endpoints that something is due for, and around; passes over what is saturated.
     *
     * @returns null at the end of a round
     */
    async next(at: Date, limit: number, saturated: Saturated): Promise<Due[] | null> {
      const found = await deliveries
        .find({ endpoint: { $gt: walkedTo }, dueAt: { $lte: at } }, fields)
        .sort(dueByEndpointIndex)
        .limit(limit)
        .batchSize(limit)
        .hint(dueByEndpointIndex)
        .lean();
      const last = found.at(-1);
      if (!last) {
        walkedTo = '';
        return null;
      }
      const { workspaceId, origin, endpoint } = placeAt(last.endpoint);
      if (saturated.workspaceIds.includes(workspaceId)) walkedTo = afterAllOf(workspaceId);
      else walkedTo = saturated.origins.includes(origin) ? afterOrigin(origin) : endpoint;
      return found.filter((due) => {
        const place = placeAt(due.endpoint);
        return !(
          saturated.workspaceIds.includes(place.workspaceId) ||
          saturated.origins.includes(place.origin) ||
          saturated.endpoints.includes(place.endpoint)
        );
      });
    },
  };
}
