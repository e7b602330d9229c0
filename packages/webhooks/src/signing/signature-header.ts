import { createHmac } from 'node:crypto';
import { signingKey } from './signing-secret.ts';

export interface MessageToSign {
  /** `whsec_` secrets. While one is being rotated the old one signs too, so receivers can change over. */
  readonly secrets: readonly string[];
  /** Sent as `webhook-id`: the same over all attempts, so that receivers can drop repeats. */
  readonly id: string;
  /** Sent as `webhook-timestamp`: seconds since 1970, when this attempt is made. */
  readonly timestampSeconds: number;
  /** The very bytes that are sent; a string is signed as UTF-8. */
  readonly body: string | Buffer;
}

/**
 * The value of `webhook-signature`: for each secret `v1,` and the base64 HMAC-SHA256 over `id.timestamp.body`,
 * separated by spaces, as Standard Webhooks 1.0.0 (standardwebhooks.com) describes it.
 *
 * @throws Error when a secret is malformed
 */
export function signatureHeader({ secrets, id, timestampSeconds, body }: MessageToSign): string {
  const head = `${id}.${timestampSeconds}.`;
  return secrets
    .map((secret) => createHmac('sha256', signingKey(secret)).update(head).update(body).digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(' ');
}
