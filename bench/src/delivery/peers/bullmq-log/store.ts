import { type Collection, MongoClient, type ObjectId } from 'mongodb';
import { createHash } from 'node:crypto';
import { durable } from '../durable.ts';

/** Where its webhooks go, and what they are signed with. */
export interface Workspace {
  _id: ObjectId;
  url: string;
  secret: string;
}

interface Key {
  _id: ObjectId;
  hash: string;
  workspaceId: ObjectId;
}

export interface Response {
  _id: ObjectId;
  workspaceId: ObjectId;
  candidate: { name: string; email: string };
  interview: { id: ObjectId; name: string };
  status: 'Invited' | 'Started';
  startedAt: Date | null;
  /** Stored with the status, in one write. */
  event: { id: string; type: string; at: Date } | null;
}

interface Attempt {
  _id: ObjectId;
  workspaceId: ObjectId;
  eventId: string;
  attempt: number;
  sentAt: Date;
  tookMs: number;
  /** Null where there was no answer. */
  statusCode: number | null;
  error: string | null;
  body: string;
}

export interface ServiceStore {
  readonly workspaces: Collection<Workspace>;
  readonly keys: Collection<Key>;
  readonly responses: Collection<Response>;
  readonly attempts: Collection<Attempt>;
  close(): Promise<void>;
}

export async function openStore(address: string): Promise<ServiceStore> {
  const client = await MongoClient.connect(address, { writeConcern: durable(address) });
  const database = client.db('webhook_service');
  const keys = database.collection<Key>('keys');
  const attempts = database.collection<Attempt>('attempts');
  await keys.createIndexes([{ key: { hash: 1 }, unique: true }]);
  await attempts.createIndexes([{ key: { workspaceId: 1, _id: -1 } }, { key: { eventId: 1 } }]);
  return {
    workspaces: database.collection<Workspace>('workspaces'),
    keys,
    responses: database.collection<Response>('responses'),
    attempts,
    close: () => client.close(),
  };
}

/** What is stored of an API key. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
