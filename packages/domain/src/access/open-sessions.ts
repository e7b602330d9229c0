import { type ApiKeyDocument, isObjectId, type SessionDocument } from '@interview-webhooks/database';
import type { OpenSession, Page, PageRequest, SessionRef } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { afterId, cutPage } from '../paging.ts';

/** The workspace's sessions of the dashboard that have not ended, the newest first. */
export async function listSessions(
  context: Context,
  { cursor, limit }: PageRequest,
): Promise<Page<OpenSession>> {
  const found = await context.database.sessions
    .find({ ...openIn(context), ...afterId(cursor) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const keys = await keysOf(context, found);
  return cutPage(found, limit, {
    entry: (session) => sessionView(session, { key: keys.get(session.apiKeyId.toHexString()), context }),
    cursor: ({ _id }) => _id.toHexString(),
  });
}

/**
 * Ends a session of the workspace, at once for what it asks and within two seconds for its streams. It may be the one that
 * asks.
 *
 * @returns the session as it was
 * @throws NotFoundError also for one that has ended
 */
export async function endSession(context: Context, { session_id: id }: SessionRef): Promise<OpenSession> {
  const { sessions } = context.database;
  const session = isObjectId(id) ? await sessions.findOne({ ...openIn(context), _id: id }).lean() : null;
  if (!session) throw new NotFoundError('open session');
  const apiKeyId = session.apiKeyId.toHexString();
  const key = (await keysOf(context, [session])).get(apiKeyId);
  await noteAct(context, {
    action: 'session.revoked',
    target: { type: 'api_key', id: apiKeyId, ...(key && { name: key.name }) },
  });
  await sessions.deleteOne({ _id: session._id });
  return sessionView(session, { key, context });
}

function openIn({ workspaceId, now }: Context) {
  return { workspaceId, expiresAt: { $gt: now() } };
}

type NamedKey = Pick<ApiKeyDocument, '_id' | 'name' | 'prefix'>;

async function keysOf(
  { database, workspaceId }: Context,
  sessions: readonly SessionDocument[],
): Promise<Map<string, NamedKey>> {
  const ids = sessions.map(({ apiKeyId }) => apiKeyId);
  const found = await database.apiKeys
    .find({ workspaceId, _id: { $in: ids } }, { name: 1, prefix: 1 })
    .limit(ids.length)
    .lean<NamedKey[]>();
  return new Map(found.map((key) => [key._id.toHexString(), key]));
}

function sessionView(
  session: SessionDocument,
  { key, context }: { key: NamedKey | undefined; context: Context },
): OpenSession {
  const id = session._id.toHexString();
  return {
    session_id: id,
    api_key: {
      api_key_id: session.apiKeyId.toHexString(),
      name: key?.name ?? '',
      prefix: key?.prefix ?? '',
    },
    user_agent: session.userAgent ?? null,
    address: session.address ?? null,
    created_at: session.createdAt.toISOString(),
    last_seen_at: (session.lastSeenAt ?? session.createdAt).toISOString(),
    expires_at: session.expiresAt.toISOString(),
    current: id === context.sessionId,
  };
}
