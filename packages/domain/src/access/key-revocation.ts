import { type ApiKeyDocument, ObjectId, type RevocationDocument } from '@interview-webhooks/database';
import { noteAct } from '../audit/note-act.ts';
import type { Context, Services } from '../context.ts';
import { keysFrom } from './key-rules.ts';

type Workspace = Pick<Services, 'database' | 'now'> & Pick<Context, 'workspaceId'>;

/** What a decision ends. */
type Ending = Pick<RevocationDocument, 'apiKeyId' | 'includeCreated'>;

/** What a decision rests on: how many were made before it. Another server's decision in between makes it void. */
interface Basis {
  readonly decisions: number;
}

/**
 * Where the next decision to revoke keys starts. Carries out the one before it, if a server died over that: from then
 * on the keys themselves say what has been decided.
 */
export async function settledBasis(workspace: Workspace): Promise<Basis> {
  for (;;) {
    const stored = await workspace.database.workspaces
      .findById(workspace.workspaceId, { keyDecisions: 1, revocation: 1 })
      .lean();
    if (!stored?.revocation) return { decisions: stored?.keyDecisions ?? 0 };
    await carryOut(workspace, stored.revocation);
  }
}

/**
 * Decides to revoke keys, in one conditional update of the workspace: of servers that decide on the same basis, one
 * succeeds, and the others look again. There are no transactions, so the decision stands in the workspace until it is
 * carried out.
 *
 * @returns undefined when another decision was made since `basis` was read
 */
export async function decideRevocation(
  { database, workspaceId, actor, now }: Context,
  { decisions }: Basis,
  ending: Ending,
): Promise<RevocationDocument | undefined> {
  const revocation: RevocationDocument = { _id: new ObjectId(), ...ending, actor, decidedAt: now() };
  const { modifiedCount } = await database.workspaces.updateOne(
    { _id: workspaceId, keyDecisions: decisions === 0 ? null : decisions, revocation: null },
    { $set: { keyDecisions: decisions + 1, revocation } },
  );
  return modifiedCount === 1 ? revocation : undefined;
}

/**
 * Ends the keys of a decision and their sessions, and then forgets it. Every step may be done again, and by several
 * servers at once.
 *
 * @returns the key and, if they were to end with it, those that come from it; also those that had been revoked before
 */
export async function carryOut(
  { database, workspaceId, now }: Workspace,
  { _id, actor, decidedAt, ...ending }: RevocationDocument,
): Promise<ApiKeyDocument[]> {
  // Also those that were created while it was being decided: see `createApiKey`.
  const keys = await keysToEnd({ database, workspaceId }, ending);
  const working = keys.filter(({ revokedAt }) => revokedAt === null);
  for (const key of working) {
    const id = key._id.toHexString();
    const target = { type: 'api_key', id, name: key.name } as const;
    await noteAct(
      { database, workspaceId, actor, now },
      { action: 'api-key.revoked', target, onceFor: `api-key.revoked ${id}` },
    );
  }
  const ids = working.map((key) => key._id);
  await database.apiKeys.updateMany(
    { _id: { $in: ids }, workspaceId, revokedAt: null },
    { $set: { revokedAt: decidedAt } },
  );
  await database.sessions.deleteMany({ workspaceId, apiKeyId: { $in: keys.map((key) => key._id) } });
  await database.workspaces.updateOne(
    { _id: workspaceId, 'revocation._id': _id },
    { $unset: { revocation: true } },
  );
  return keys.map((key) => ({ ...key, revokedAt: key.revokedAt ?? decidedAt }));
}

/** Carries out what a server decided and died over, in every workspace. For the start of a server. */
export async function carryOutAll({ database, now }: Pick<Services, 'database' | 'now'>): Promise<void> {
  for (;;) {
    const workspace = await database.workspaces
      .findOne({ 'revocation.decidedAt': { $exists: true } }, { _id: 1 })
      .lean();
    if (!workspace) return;
    await settledBasis({ database, now, workspaceId: workspace._id.toHexString() });
  }
}

/** A key, first, and where it is asked for all that come from it. Nothing, if the workspace does not have it. */
export async function keysToEnd(
  { database, workspaceId }: Pick<Context, 'database' | 'workspaceId'>,
  { apiKeyId, includeCreated }: Ending,
): Promise<ApiKeyDocument[]> {
  // What a key created is found among all keys, revoked ones too: they may have created some that work still.
  const filter = includeCreated ? { workspaceId } : { workspaceId, _id: apiKeyId };
  const keys: ApiKeyDocument[] = await database.apiKeys.find(filter).sort({ _id: 1 }).lean();
  const key = keys.find(({ _id }) => _id.equals(apiKeyId));
  if (!key) return [];
  return includeCreated ? [key, ...keysFrom(apiKeyId.toHexString(), keys)] : [key];
}
