import type { WebhookAuth } from '@interview-webhooks/schema';
import type { CredentialForms } from '../masking/credential-forms.ts';
import { MASK } from '../masking/mask-credential.ts';
import { signatureHeader } from '../signing/signature-header.ts';

const USER_AGENT = 'interview-webhooks/0.1.0';

export interface WebhookMessage {
  id: string;
  /** The bytes to send, as text. */
  body: string;
  /** 1 for the first attempt. */
  attempt: number;
  at: Date;
  /** All that sign now, the newest first. */
  signingSecrets: readonly string[];
  /** Secrets open. */
  auth: WebhookAuth;
}

/**
 * Headers of a webhook: the configured auth, and the signature of Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md), always.
 */
export function webhookHeaders({
  id,
  body,
  attempt,
  at,
  signingSecrets,
  auth,
}: WebhookMessage): Record<string, string> {
  const timestampSeconds = Math.floor(at.getTime() / 1000);
  return {
    // Some receivers refuse what does not say what it accepts. Nothing depends on it: an API key may have its place.
    accept: '*/*',
    // Before the others, so that no header name a customer chose can replace one of them.
    ...authHeader(auth),
    'content-type': 'application/json',
    'user-agent': USER_AGENT,
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-attempt': String(attempt),
    'webhook-signature': signatureHeader({ secrets: signingSecrets, id, timestampSeconds, body }),
  };
}

/** The same headers with the receiver's credential masked, for the log; the very same where they carry none. */
export function maskedHeaders(
  headers: Record<string, string>,
  credential: CredentialForms | null,
): Record<string, string> {
  return credential ? { ...headers, [credential.header]: MASK } : headers;
}

function authHeader(auth: WebhookAuth): Record<string, string> {
  switch (auth.type) {
    case null:
      return {};
    case 'basic': {
      // RFC 7617 with its charset="UTF-8".
      const credentials = Buffer.from(`${auth.username}:${auth.password}`, 'utf8').toString('base64');
      return { authorization: `Basic ${credentials}` };
    }
    case 'apikey':
      return { [auth.header.toLowerCase()]: auth.apikey };
  }
}
