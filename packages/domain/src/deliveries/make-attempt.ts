import type { AttemptDocument } from '@interview-webhooks/database';
import type { AttemptTrigger, WebhookAuth } from '@interview-webhooks/schema';
import {
  type AttemptOutcome,
  formsOf,
  maskedHeaders,
  maskedOutcome,
  webhookHeaders,
} from '@interview-webhooks/webhooks';
import type { Services } from '../context.ts';
import { keepSentRequest } from '../listening/sent-requests.ts';
import { openAuth } from '../secrets/open-auth.ts';
import type { SigningSecrets } from './signing-secrets.ts';

/** One attempt to make: what to send, and where to by the settings of `settingsRevision`. */
export interface AttemptToMake {
  workspaceId: string;
  /** The header `webhook-id`. */
  id: string;
  body: string;
  number: number;
  trigger: AttemptTrigger;
  url: string;
  /** Secrets sealed. */
  auth: WebhookAuth;
  settingsRevision: number;
  signingSecrets: SigningSecrets;
  /** Whether somebody is to be told of the whole request. */
  isListenedTo: boolean;
}

/** What came of it, as it goes into the log; when the next one is due is not for an attempt to say. */
export type MadeAttempt = Omit<AttemptDocument, '_id' | 'workspaceId' | 'deliveryId' | 'expiresAt'>;

/** Signs, sends and describes one attempt. What it says of the answer has no credential in it. */
export async function makeAttempt(
  services: Pick<Services, 'database' | 'vault' | 'now' | 'sender'>,
  toMake: AttemptToMake,
): Promise<{ attempt: MadeAttempt; outcome: AttemptOutcome }> {
  const { workspaceId, id, body, number, trigger, url, settingsRevision, signingSecrets } = toMake;
  const startedAt = services.now();
  const auth = openAuth(toMake.auth, services.vault, workspaceId);
  const headers = webhookHeaders({ id, body, attempt: number, at: startedAt, signingSecrets, auth });
  if (toMake.isListenedTo) {
    // Before it is sent: a receiver that hangs must not keep the listener waiting.
    const contents = { number, trigger, url, headers, body };
    await keepSentRequest(services, { workspaceId, sentAt: startedAt, contents });
  }
  const answered = await services.sender.send({ workspaceId, url, headers, body });
  const credential = formsOf(toMake.auth, auth);
  const outcome = maskedOutcome(answered, credential);
  const attempt: MadeAttempt = {
    number,
    trigger,
    settingsRevision,
    startedAt,
    url,
    request: { headers: Object.entries(maskedHeaders(headers, credential)) },
    remoteAddress: outcome.remoteAddress,
    status: outcome.status,
    response: responseOf(outcome),
    timings: {
      dns_ms: outcome.timings.dnsMs,
      connect_ms: outcome.timings.connectMs,
      tls_ms: outcome.timings.tlsMs,
      first_byte_ms: outcome.timings.firstByteMs,
      total_ms: outcome.timings.totalMs,
    },
    error: outcome.error,
    nextAttemptAt: null,
  };
  return { attempt, outcome };
}

function responseOf({
  responseHeaders,
  responseBody,
  responseTruncated,
}: AttemptOutcome): MadeAttempt['response'] {
  if (!responseHeaders) return null;
  return { headers: Object.entries(responseHeaders), body: responseBody ?? '', truncated: responseTruncated };
}
