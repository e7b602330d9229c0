import { createBatcher } from './batcher.ts';
import type { CommittedRead } from './committed-reads.ts';
import type { DirectCollections } from './models.ts';
import type { AiInterviewDocument } from './models/ai-interview.ts';
import type { ApiKeyDocument } from './models/api-key.ts';
import type { ResponseDocument } from './models/response.ts';
import type { WebhookSettingsDocument } from './models/webhook-settings.ts';
import { ObjectId } from './object-id.ts';
import { READ_MAX_MS, READ_PATIENCE_MS } from './read-bounds.ts';
import { located, type Located } from './shard-keys.ts';

type Read<Document> = (key: string) => Promise<Document | null>;

/**
 * Reads of single documents. Those who ask for something while a statement is on its way share the next one; nothing is kept
 * any longer.
 */
export interface DocumentReads {
  /** By its hash, as the primary has it. */
  readonly apiKey: Read<ApiKeyDocument>;
  /** By {@link placeOf}; as a majority has it, like what follows. */
  readonly aiInterview: Read<AiInterviewDocument>;
  readonly response: Read<ResponseDocument>;
  /** The newest revision, by the workspace's id. */
  readonly newestSettings: Read<WebhookSettingsDocument>;
}

export function createDocumentReads(direct: DirectCollections, committed: CommittedRead): DocumentReads {
  const { apiKeys, aiInterviews, responses, webhookSettings } = direct;
  // Each is one document. All in the first answer: what is over a hundred would be a statement more.
  const boundedBy = ({ length: limit }: readonly string[]) => ({
    limit,
    batchSize: limit,
    maxTimeMS: READ_MAX_MS,
  });
  const byId = { hint: { _id: 1 } } as const;
  return {
    apiKey: reader(
      (hashes) => apiKeys.find({ hash: { $in: hashes } }, boundedBy(hashes)).toArray(),
      ({ hash }) => hash,
    ),
    aiInterview: reader<AiInterviewDocument>(
      (places) =>
        committed((options) =>
          aiInterviews.find(at(places), { ...boundedBy(places), ...byId, ...options }).toArray(),
        ),
      ({ workspaceId, _id }) => placeOf(workspaceId.toHexString(), _id.toHexString()),
    ),
    response: reader<ResponseDocument>(
      (places) =>
        committed((options) =>
          responses.find(at(places), { ...boundedBy(places), ...byId, ...options }).toArray(),
        ),
      ({ workspaceId, _id }) => placeOf(workspaceId.toHexString(), _id.toHexString()),
    ),
    newestSettings: reader(
      (ids) =>
        committed(async (options) => {
          const newest = webhookSettings.aggregate<{ settings: WebhookSettingsDocument }>(
            [
              { $match: { workspaceId: { $in: ids.map(toId) } } },
              // As the index has it: of each workspace, only the first is read.
              { $sort: { workspaceId: 1, revision: -1 } },
              { $group: { _id: '$workspaceId', settings: { $first: '$$ROOT' } } },
              { $limit: ids.length },
            ],
            // One more than there are: a full answer is not known to be the last.
            { maxTimeMS: READ_MAX_MS, batchSize: ids.length + 1, ...options },
          );
          return (await newest.toArray()).map(({ settings }) => settings);
        }),
      ({ workspaceId }) => workspaceId.toHexString(),
    ),
  };
}

/** What a document is asked for by: its workspace, so that a sharded cluster knows where it is, and its id. */
export function placeOf(workspaceId: string, id: string): string {
  return `${workspaceId} ${id}`;
}

/** The documents at `places`, as {@link placeOf} names them. */
function at(places: readonly string[]) {
  return located(
    places.map((place): Located<ObjectId> => {
      const [workspaceId = '', id = ''] = place.split(' ');
      return { workspaceId: toId(workspaceId), _id: toId(id) };
    }),
  );
}

function toId(text: string): ObjectId {
  return new ObjectId(text);
}

function reader<Found>(
  find: (keys: string[]) => Promise<Found[]>,
  keyOf: (found: Found) => string,
): Read<Found> {
  const batcher = createBatcher(
    async (keys: readonly string[]) =>
      new Map((await find([...new Set(keys)])).map((found) => [keyOf(found), found])),
    { patienceMs: READ_PATIENCE_MS },
  );
  return async (key) => (await batcher.add(key)).get(key) ?? null;
}
