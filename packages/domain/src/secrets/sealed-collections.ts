import { COUNT_MAX_MS, type Database, type ObjectId } from '@interview-webhooks/database';
import type { WebhookAuth } from '@interview-webhooks/schema';
import type { SealedPlace } from './vault.ts';

/** A sealed value and where it is stored. */
interface SealedValue {
  /** The document's. */
  id: ObjectId;
  /** Path of the value in its document, as a filter has it. */
  path: string;
  /** As an update has it, where that is another one. */
  updatePath?: string;
  place: SealedPlace;
  sealed: string;
}

export interface Reseal {
  value: SealedValue;
  renewed: string;
}

/** A collection with sealed values in it. */
export interface SealedCollection {
  readonly name: string;
  /** About how many documents there are. */
  count(): Promise<number>;
  /** The next documents in the order of their ids, with what is sealed in each. */
  read(after: ObjectId | null, limit: number): Promise<{ id: ObjectId; values: SealedValue[] }[]>;
  /**
   * Puts other seals in the place of values that are still as they were read.
   *
   * @returns how many that were
   */
  replace(reseals: readonly Reseal[]): Promise<number>;
}

/** Every place where something is stored sealed. What is missing here would be lost with an old key. */
export function sealedCollections(database: Database): SealedCollection[] {
  return [signingSecrets(database), settings(database), ownSettings(database), sentRequests(database)];
}

function signingSecrets({ workspaces }: Database): SealedCollection {
  return {
    name: 'workspaces',
    count: () => workspaces.estimatedDocumentCount({ maxTimeMS: COUNT_MAX_MS }),
    read: async (after, limit) => {
      const found = await workspaces.find(from(after), { signingSecrets: 1 }).sort(byId).limit(limit).lean();
      return found.map(({ _id: id, signingSecrets = [] }) => {
        const at = { id, path: 'signingSecrets.sealed', updatePath: 'signingSecrets.$.sealed' };
        const place = { workspaceId: id.toHexString(), field: 'signing-secret' };
        return { id, values: signingSecrets.map(({ sealed }) => ({ ...at, place, sealed })) };
      });
    },
    replace: async (reseals) => (await workspaces.bulkWrite(reseals.map(updateOf))).matchedCount,
  };
}

function settings({ webhookSettings }: Database): SealedCollection {
  return {
    name: 'webhook_settings',
    count: () => webhookSettings.estimatedDocumentCount({ maxTimeMS: COUNT_MAX_MS }),
    read: async (after, limit) => {
      const fields = { workspaceId: 1, settings: 1 };
      const found = await webhookSettings.find(from(after), fields).sort(byId).limit(limit).lean();
      return found.map(({ _id: id, workspaceId, settings: { auth } }) => ({
        id,
        values: inAuth({ id, workspaceId, path: 'settings.auth' }, auth),
      }));
    },
    replace: async (reseals) => (await webhookSettings.bulkWrite(reseals.map(updateOf))).matchedCount,
  };
}

function ownSettings({ aiInterviews, announce }: Database): SealedCollection {
  return {
    name: 'ai_interviews',
    count: () => aiInterviews.estimatedDocumentCount({ maxTimeMS: COUNT_MAX_MS }),
    read: async (after, limit) => {
      const fields = { workspaceId: 1, own: 1 };
      const found = await aiInterviews.find(from(after), fields).sort(byId).limit(limit).lean();
      return found.map(({ _id: id, workspaceId, own }) => ({
        id,
        values: own.auth ? inAuth({ id, workspaceId, path: 'own.auth.value' }, own.auth.value) : [],
      }));
    },
    replace: async (reseals) => {
      const updates = reseals.map((reseal) => {
        const { filter, update } = updateOf(reseal).updateOne;
        // Counted as a change: whoever has read the old seal must not write it back.
        return { updateOne: { filter, update: { ...update, $inc: { settingsVersion: 1 } } } };
      });
      const { matchedCount } = await aiInterviews.bulkWrite(updates);
      await announce.aiInterviews(reseals.map(({ value }) => value.place.workspaceId));
      return matchedCount;
    },
  };
}

function sentRequests({ sentRequests }: Database): SealedCollection {
  return {
    name: 'sent_requests',
    count: () => sentRequests.estimatedDocumentCount({ maxTimeMS: COUNT_MAX_MS }),
    read: async (after, limit) => {
      const found = await sentRequests.find(from(after)).sort(byId).limit(limit).lean();
      return found.map(({ _id: id, workspaceId, sealed }) => {
        const place = { workspaceId: workspaceId.toHexString(), field: 'sent-request' };
        return { id, values: [{ id, path: 'sealed', place, sealed }] };
      });
    },
    replace: async (reseals) => (await sentRequests.bulkWrite(reseals.map(updateOf))).matchedCount,
  };
}

const byId = { _id: 1 } as const;

/** By pages of ids, so that no question takes long, however much there is. */
function from(after: ObjectId | null) {
  return after === null ? {} : { _id: { $gt: after } };
}

function updateOf({ value: { id, path, updatePath = path, sealed }, renewed }: Reseal) {
  const filter = { _id: id, [path]: sealed };
  return { updateOne: { filter, update: { $set: { [updatePath]: renewed } } } };
}

function inAuth(
  { id, workspaceId, path }: { id: ObjectId; workspaceId: ObjectId; path: string },
  auth: WebhookAuth,
): SealedValue[] {
  const value = (name: 'password' | 'apikey', sealed: string): SealedValue => ({
    id,
    path: `${path}.${name}`,
    place: { workspaceId: workspaceId.toHexString(), field: `auth.${name}` },
    sealed,
  });
  switch (auth.type) {
    case null:
      return [];
    case 'basic':
      return [value('password', auth.password)];
    case 'apikey':
      return [value('apikey', auth.apikey)];
  }
}
