import { SECRET_PREFIX } from '../signing/standard-webhooks.ts';
import { WebhookSecretError } from './verification-error.ts';

export interface SignedMessage {
  id: string;
  timestamp: string;
  body: Uint8Array;
}

/**
 * HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks 1.0.0 (standardwebhooks.com) describes it.
 *
 * @throws WebhookSecretError
 */
export async function signatureOf(secret: string, { id, timestamp, body }: SignedMessage) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyBytes(secret), algorithm, false, ['sign']);
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, message));
}

/** The signatures of version 1 in a `webhook-signature` header; others, and what is no signature, are left out. */
export function signaturesIn(header: string): Uint8Array[] {
  return header.split(' ').flatMap((entry) => {
    const bytes = entry.startsWith('v1,') ? fromBase64(entry.slice('v1,'.length)) : null;
    return bytes ? [bytes] : [];
  });
}

/** Compares without stopping at the first difference: the time taken tells nothing of how much was right. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

function keyBytes(secret: string): Uint8Array<ArrayBuffer> {
  const key = secret.startsWith(SECRET_PREFIX) ? fromBase64(secret.slice(SECRET_PREFIX.length)) : null;
  if (!key || key.length === 0) throw new WebhookSecretError();
  return key;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    // atob throws for what is not base64; a caller asks because it may be anything.
    return null;
  }
}
