import { ObjectId, READ_MAX_MS } from '@interview-webhooks/database';
import type { Context } from '../context.ts';
import type { Sought } from './search-keys.ts';

/** A collection with search keys. */
export type Searched = 'responses' | 'aiInterviews';

/** What a search finds, where that is little enough to be looked up one by one; null where it is not. */
export async function foundIds(
  { database, workspaceId }: Context,
  searched: Searched,
  { keys, atMost }: Pick<Sought, 'keys'> & { atMost: number },
): Promise<ObjectId[] | null> {
  const found = await database.direct[searched]
    .find(
      { workspaceId: new ObjectId(workspaceId), search: keys },
      { projection: { _id: 1 }, maxTimeMS: READ_MAX_MS },
    )
    .limit(atMost + 1)
    .hint({ workspaceId: 1, search: 1, _id: -1 })
    .toArray();
  return found.length > atMost ? null : found.map(({ _id }) => _id);
}
