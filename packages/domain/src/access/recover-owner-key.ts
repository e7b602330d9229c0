import { ObjectId } from '@interview-webhooks/database';
import { type Actor, allScopes } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Services } from '../context.ts';
import { newApiKey, storedKey } from './api-keys.ts';

/** As whom an operator goes into the audit trail: they have the database, and no key. */
const operator: Actor = { type: 'system', id: null, name: 'Operator' };

/** A workspace that a key can be made for. */
export interface RecoverableWorkspace {
  id: string;
  name: string;
}

/** The owner key that was made, to be shown once. */
export interface RecoveredKey {
  workspace: RecoverableWorkspace;
  api_key: string;
  api_key_id: string;
}

/** The oldest workspaces, at most `limit`. */
export async function firstWorkspaces(
  { database }: Pick<Services, 'database'>,
  limit: number,
): Promise<RecoverableWorkspace[]> {
  const found = await database.workspaces.find({}, { name: 1 }).sort({ _id: 1 }).limit(limit).lean();
  return found.map(({ _id, name }) => ({ id: _id.toHexString(), name }));
}

/**
 * Makes a new owner key for a workspace whose people have lost theirs. Only for who has the database itself: whatever else
 * makes a key is limited to what its creator may do.
 *
 * @returns undefined when there is no such workspace
 */
export async function recoverOwnerKey(
  { database, now }: Pick<Services, 'database' | 'now'>,
  workspaceId: string,
): Promise<RecoveredKey | undefined> {
  const workspace = await database.read.workspace(workspaceId);
  if (!workspace) return undefined;
  const apiKey = newApiKey();
  const _id = new ObjectId();
  const name = 'Owner, recovered';
  await noteAct(
    { database, workspaceId, actor: operator, now },
    { action: 'api-key.recovered', target: { type: 'api_key', id: _id.toHexString(), name } },
  );
  await database.apiKeys.create({
    _id,
    workspaceId,
    name,
    ...storedKey(apiKey),
    scopes: allScopes,
    createdBy: operator,
    createdAt: now(),
  });
  return {
    workspace: { id: workspaceId, name: workspace.name },
    api_key: apiKey,
    api_key_id: _id.toHexString(),
  };
}
