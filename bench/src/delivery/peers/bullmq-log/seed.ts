import { ObjectId } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { hashOf, openStore, type Response } from './store.ts';

const CHUNK = 5_000;

/** A workspace with a key, and candidates who can start. @returns the key, and the responses' ids */
export async function seedService(
  address: string,
  { url, responses }: { url: string; responses: number },
): Promise<{ key: string; ids: string[] }> {
  const store = await openStore(address);
  const workspaceId = new ObjectId();
  const key = randomBytes(24).toString('base64url');
  await store.workspaces.insertOne({ _id: workspaceId, url, secret: randomBytes(24).toString('base64') });
  await store.keys.insertOne({ _id: new ObjectId(), hash: hashOf(key), workspaceId });
  const interview = { id: new ObjectId(), name: 'Benchmark' };
  const invited = Array.from({ length: responses }, (): Response => {
    const candidate = { name: 'Ada Lovelace', email: 'ada@example.com' };
    const open = { status: 'Invited', startedAt: null, event: null } as const;
    return { _id: new ObjectId(), workspaceId, candidate, interview, ...open };
  });
  for (let at = 0; at < responses; at += CHUNK)
    await store.responses.insertMany(invited.slice(at, at + CHUNK));
  await store.close();
  return { key, ids: invited.map(({ _id }) => _id.toHexString()) };
}
