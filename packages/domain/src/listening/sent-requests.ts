import type { SentRequestDocument } from '@interview-webhooks/database';
import type { SentRequest } from '@interview-webhooks/schema';
import type { Context, Services } from '../context.ts';

/** Longer than anybody is expected to be away and still wants to know what was missed. */
const KEPT_MS = 10 * 60_000;

const placeOf = (workspaceId: string) => ({ workspaceId, field: 'sent-request' });

/** What a record holds, sealed. */
type Contents = Omit<SentRequest, 'request_id' | 'sent_at'>;

/** Whether requests of the workspace are to be kept for somebody. Asked with its secrets, that is no question more. */
export async function isListenedTo({
  database,
  workspaceId,
  now,
}: Pick<Context, 'database' | 'workspaceId' | 'now'>): Promise<boolean> {
  const { listenedUntil } = (await database.read.workspace(workspaceId)) ?? {};
  return listenedUntil !== undefined && listenedUntil > now();
}

/** Keeps the request that is about to be sent, for whoever listens. */
export async function keepSentRequest(
  { database, vault }: Pick<Services, 'database' | 'vault'>,
  { workspaceId, sentAt, contents }: { workspaceId: string; sentAt: Date; contents: Contents },
): Promise<void> {
  await database.sentRequests.create({
    workspaceId,
    sealed: vault.seal(placeOf(workspaceId), JSON.stringify(contents)),
    sentAt,
    expiresAt: new Date(sentAt.getTime() + KEPT_MS),
  });
}

/** @throws Error when it does not open */
export function sentRequestView(
  { vault, workspaceId }: Pick<Context, 'vault' | 'workspaceId'>,
  { _id, sealed, sentAt }: SentRequestDocument,
): SentRequest {
  return {
    request_id: _id.toHexString(),
    sent_at: sentAt.toISOString(),
    // Sealed by keepSentRequest, and by nobody else.
    ...(JSON.parse(vault.open(placeOf(workspaceId), sealed)) as Contents),
  };
}
