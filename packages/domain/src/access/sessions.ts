import type { ApiKeyDocument, SessionDocument } from '@interview-webhooks/database';
import type { Session } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Principal, Services } from '../context.ts';
import { UnauthenticatedError } from '../errors.ts';
import { apiKeyView } from './api-key-view.ts';
import { authenticateApiKey, isUsable, noteUse, principalOf } from './authenticate.ts';
import { hashToken, newToken, sameHash } from './secret-token.ts';

const SESSION_MS = 12 * 60 * 60 * 1000;

/** Someone signed in: who, and what the dashboard shows of it. */
export interface SignedIn {
  principal: Principal;
  session: Session;
}

/**
 * Signs in to the dashboard with an API key.
 *
 * @returns the session and its token, for the cookie; only the token's hash is stored
 * @throws UnauthenticatedError for a key that does not work
 */
export async function signIn(services: Services, apiKey: string): Promise<SignedIn & { token: string }> {
  const { apiKeyId, workspaceId, actor } = await authenticateApiKey(services, apiKey);
  const token = newToken('iws');
  const createdAt = services.now();
  const by = { ...services, workspaceId, actor: { ...actor, type: 'dashboard' } } as const;
  await noteAct(by, {
    action: 'session.started',
    target: { type: 'api_key', id: apiKeyId, name: actor.name },
  });
  await services.database.sessions.create({
    workspaceId,
    apiKeyId,
    hash: hashToken(token),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + SESSION_MS),
  });
  return { token, ...(await authenticateSession(services, token)) };
}

/**
 * Who is signed in with `token`.
 *
 * @throws UnauthenticatedError when the session is over or unknown, or its API key no longer works
 */
export async function authenticateSession(services: Services, token: string): Promise<SignedIn> {
  const { database, now, localMode } = services;
  const hash = hashToken(token);
  const session = await database.sessions.findOne({ hash }).lean();
  if (!session || !sameHash(session.hash, hash)) throw signedOut();
  if (session.expiresAt <= now()) throw signedOut(session);
  const [key, workspace] = await Promise.all([
    database.apiKeys.findById(session.apiKeyId).lean<ApiKeyDocument>(),
    database.workspaces.findById(session.workspaceId).lean(),
  ]);
  if (!key || !workspace || !isUsable(key, now())) throw signedOut(session);
  await noteUse(services, key);
  const { name, prefix, scopes } = apiKeyView(key);
  return {
    principal: principalOf(key, 'dashboard'),
    session: {
      workspace: { id: workspace._id.toHexString(), name: workspace.name },
      api_key: { name, prefix },
      scopes,
      expires_at: session.expiresAt.toISOString(),
      demo: workspace.demo !== undefined,
      local: localMode,
    },
  };
}

/**
 * Ends the session of `token`, if there is one.
 *
 * @returns who was signed in
 */
export async function signOut(services: Services, token: string): Promise<Principal | undefined> {
  const { sessions, apiKeys } = services.database;
  const session = await sessions.findOne({ hash: hashToken(token) }).lean();
  if (!session) return undefined;
  const key = await apiKeys.findById(session.apiKeyId).lean<ApiKeyDocument>();
  const principal = key ? principalOf(key, 'dashboard') : undefined;
  if (principal) {
    const { workspaceId, apiKeyId, actor } = principal;
    await noteAct(
      { ...services, workspaceId, actor },
      { action: 'session.ended', target: { type: 'api_key', id: apiKeyId, name: actor.name } },
    );
  }
  await sessions.deleteOne({ _id: session._id });
  return principal;
}

/** @param session the one that is over, if it is known */
function signedOut(session?: Pick<SessionDocument, 'workspaceId' | 'apiKeyId'>): UnauthenticatedError {
  return new UnauthenticatedError(
    'You are not signed in, or your session is over; sign in again.',
    session && { workspaceId: session.workspaceId.toHexString(), apiKeyId: session.apiKeyId.toHexString() },
  );
}
