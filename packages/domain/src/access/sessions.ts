import type { ApiKeyDocument, SessionDocument } from '@interview-webhooks/database';
import type { Session } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Principal, Services } from '../context.ts';
import { RateLimitError, UnauthenticatedError } from '../errors.ts';
import { takeTurns } from '../take-turns.ts';
import { apiKeyView } from './api-key-view.ts';
import { isUsable, noteUse, principalOf } from './authenticate.ts';
import { hashToken, newToken, sameHash } from './secret-token.ts';

const MINUTE_MS = 60_000;
const SESSION_MS = 12 * 60 * MINUTE_MS;
/** A browser that somebody has left is nobody's to go on with. */
const IDLE_MS = 30 * MINUTE_MS;
/** Uses within it are one write. So a session may end this much sooner, and never later. */
const LAST_SEEN_PRECISION_MS = MINUTE_MS;
/** Browsers of a team that shares a key, with room. */
const MAX_SESSIONS_OF_KEY = 100;
const MAX_USER_AGENT_LENGTH = 300;

/** Someone signed in: who, and what the dashboard shows of it. */
export interface SignedIn {
  principal: Principal;
  session: Session;
}

/** Where a session is used from. */
export interface SessionUse {
  address: string;
  userAgent: string | undefined;
}

/**
 * Signs in to the dashboard.
 *
 * @param principal whose API key it is
 * @returns the session and its token, for the cookie; only the token's hash is stored
 * @throws RateLimitError when the key has as many sessions as it may have
 */
export async function signIn(
  services: Services,
  principal: Principal,
  use: SessionUse,
): Promise<SignedIn & { token: string }> {
  const { apiKeyId, workspaceId, actor } = principal;
  const token = newToken('iws');
  // Servers do not wait for each other: together they may let in one more each.
  await takeTurns(`sessions:${apiKeyId}`, async () => {
    await requireRoom(services, apiKeyId);
    const by = { ...services, workspaceId, actor: { ...actor, type: 'dashboard' } } as const;
    await noteAct(by, {
      action: 'session.started',
      target: { type: 'api_key', id: apiKeyId, name: actor.name },
    });
    const createdAt = services.now();
    await services.database.sessions.create({
      workspaceId,
      apiKeyId,
      hash: hashToken(token),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + IDLE_MS),
      ...seen(createdAt, use),
    });
  });
  return { token, ...(await authenticateSession(services, token, use)) };
}

/**
 * Who is signed in with `token`.
 *
 * @param use keeps the session from ending idle; null where nobody does anything, as with a stream that goes on
 * @throws UnauthenticatedError when the session is over or unknown, or its API key no longer works
 */
export async function authenticateSession(
  services: Services,
  token: string,
  use: SessionUse | null,
): Promise<SignedIn> {
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
  const endsAt = new Date(session.createdAt.getTime() + SESSION_MS);
  await Promise.all([noteUse(services, key), use && noteSeen(services, { session, endsAt, use })]);
  const { name, prefix, scopes } = apiKeyView(key);
  return {
    principal: { ...principalOf(key, 'dashboard'), sessionId: session._id.toHexString() },
    session: {
      workspace: { id: workspace._id.toHexString(), name: workspace.name },
      api_key: { name, prefix },
      scopes,
      expires_at: endsAt.toISOString(),
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

async function requireRoom({ database, now }: Services, apiKeyId: string): Promise<void> {
  const open = await database.sessions
    .find({ apiKeyId, expiresAt: { $gt: now() } }, { expiresAt: 1 })
    .sort({ expiresAt: 1 })
    .limit(MAX_SESSIONS_OF_KEY)
    .lean();
  const [next] = open;
  if (next === undefined || open.length < MAX_SESSIONS_OF_KEY) return;
  const seconds = Math.max(1, Math.ceil((next.expiresAt.getTime() - now().getTime()) / 1000));
  throw new RateLimitError(
    `This API key has ${MAX_SESSIONS_OF_KEY} sessions open already, the most that one key may have. ` +
      `End one of them, or sign in again in ${seconds} s, when the next one ends.`,
    seconds,
  );
}

interface Seen {
  session: SessionDocument;
  /** After which no use keeps it. */
  endsAt: Date;
  use: SessionUse;
}

/** Notes the use of a session to the minute, at one write a minute however busy it is. */
async function noteSeen({ database, now }: Services, { session, endsAt, use }: Seen): Promise<void> {
  const at = now();
  const stale = new Date(at.getTime() - LAST_SEEN_PRECISION_MS);
  if (session.lastSeenAt && session.lastSeenAt > stale) return;
  const expiresAt = new Date(Math.min(endsAt.getTime(), at.getTime() + IDLE_MS));
  await database.sessions.updateOne(
    { _id: session._id, $or: [{ lastSeenAt: null }, { lastSeenAt: { $lte: stale } }] },
    { $set: { expiresAt, ...seen(at, use) } },
  );
}

function seen(
  at: Date,
  { address, userAgent }: SessionUse,
): Pick<SessionDocument, 'lastSeenAt' | 'address' | 'userAgent'> {
  return {
    lastSeenAt: at,
    address,
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, MAX_USER_AGENT_LENGTH) }),
  };
}

/** @param session the one that is over, if it is known */
function signedOut(session?: Pick<SessionDocument, 'workspaceId' | 'apiKeyId'>): UnauthenticatedError {
  return new UnauthenticatedError(
    'You are not signed in, or your session is over; sign in again.',
    session && { workspaceId: session.workspaceId.toHexString(), apiKeyId: session.apiKeyId.toHexString() },
  );
}
