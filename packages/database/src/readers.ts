import { createBatcher, EVENT_REST_MS } from './batcher.ts';
import type { CommittedRead } from './committed-reads.ts';
import { READ_MAX_MS } from './read-bounds.ts';
import { ObjectId, isObjectId } from './object-id.ts';
import type { DirectCollections } from './models.ts';
import type { AiInterviewDocument } from './models/ai-interview.ts';
import type { ApiKeyDocument } from './models/api-key.ts';
import type { ResponseDocument } from './models/response.ts';
import type { WebhookSettingsDocument } from './models/webhook-settings.ts';
import type { WorkspaceDocument } from './models/workspace.ts';
import { located, type Located } from './shard-keys.ts';

/**
 * What nearly every request reads. Those who ask for something while a question is on its way are answered from the
 * next one; nothing is kept any longer, so nobody is told what was true before he asked. But for keys, all of it is read as
 * the majority has it: webhooks are sent by it, and calls acknowledged.
 */
export interface Readers {
  /** As the primary has it: a key that has just been revoked opens nothing, whether the majority knows or not. */
  apiKeyByHash(hash: string): Promise<ApiKeyDocument | null>;
  workspace(id: string): Promise<WorkspaceDocument | null>;
  aiInterview(workspaceId: string, id: string): Promise<AiInterviewDocument | null>;
  response(workspaceId: string, id: string): Promise<ResponseDocument | null>;
  /** The newest revision of a workspace's settings. */
  newestSettings(workspaceId: string): Promise<WebhookSettingsDocument | null>;
}

/** A question that takes longer, perhaps for ever, is no longer waited for by those who come after it. */
const PATIENCE_MS = 25;

export function createReaders(direct: DirectCollections, committed: CommittedRead): Readers {
  const { apiKeys, workspaces, aiInterviews, responses, webhookSettings } = direct;
  // Each is one document. All in the first answer: what is over a hundred would be a statement more.
  const boundedBy = ({ length: limit }: readonly string[]) => ({
    limit,
    batchSize: limit,
    maxTimeMS: READ_MAX_MS,
  });
  const apiKeyByHash = reader(
    (hashes) => apiKeys.find({ hash: { $in: hashes } }, boundedBy(hashes)).toArray(),
    ({ hash }) => hash,
  );
  const workspace = reader<WorkspaceDocument>(
    (ids) =>
      committed((options) =>
        workspaces.find({ _id: { $in: ids.map(toId) } }, { ...boundedBy(ids), ...options }).toArray(),
      ),
    ({ _id }) => _id.toHexString(),
  );
  const byId = { hint: { _id: 1 } } as const;
  const aiInterview = reader<AiInterviewDocument>(
    (places) =>
      committed((options) =>
        aiInterviews.find(at(places), { ...boundedBy(places), ...byId, ...options }).toArray(),
      ),
    placeOf,
    EVENT_REST_MS,
  );
  const response = reader<ResponseDocument>(
    (places) =>
      committed((options) =>
        responses.find(at(places), { ...boundedBy(places), ...byId, ...options }).toArray(),
      ),
    placeOf,
    EVENT_REST_MS,
  );
  const newestSettings = reader(
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
  );
  const ifId = <Found>(read: (id: string) => Promise<Found | null>) => {
    return (id: string) => (isObjectId(id) ? read(id) : Promise.resolve(null));
  };
  const ifPlace = <Found>(read: (place: string) => Promise<Found | null>) => {
    return (workspaceId: string, id: string) =>
      isObjectId(workspaceId) && isObjectId(id) ? read(`${workspaceId} ${id}`) : Promise.resolve(null);
  };
  return {
    apiKeyByHash,
    workspace: ifId(workspace),
    aiInterview: ifPlace(aiInterview),
    response: ifPlace(response),
    newestSettings: ifId(newestSettings),
  };
}

function toId(text: string): ObjectId {
  return new ObjectId(text);
}

/** What a document is asked for by: its workspace, so that a sharded cluster knows where it is, and its id. */
function placeOf({ workspaceId, _id }: Located<ObjectId>): string {
  return `${workspaceId.toHexString()} ${_id.toHexString()}`;
}

/** The documents at `places`, as {@link placeOf} names them. */
function at(places: readonly string[]) {
  return located(
    places.map((place) => {
      const [workspaceId = '', id = ''] = place.split(' ');
      return { workspaceId: toId(workspaceId), _id: toId(id) };
    }),
  );
}

function reader<Found>(
  find: (keys: string[]) => Promise<Found[]>,
  keyOf: (found: Found) => string,
  restMs = 0,
): (key: string) => Promise<Found | null> {
  const batcher = createBatcher(
    async (keys: readonly string[]) =>
      new Map((await find([...new Set(keys)])).map((found) => [keyOf(found), found])),
    { patienceMs: PATIENCE_MS, restMs },
  );
  return async (key) => (await batcher.add(key)).get(key) ?? null;
}
