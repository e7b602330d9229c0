import type { SignatureCheck } from '@interview-webhooks/schema';
import { timingSafeEqual } from 'node:crypto';
import { signatureHeader } from './signature-header.ts';
import { TOLERANCE_SECONDS } from './standard-webhooks.ts';

export interface SignedRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** Whether one of `secrets` signed `request`, checked as a receiver does, and what is wrong where none did. */
export function checkSignature(
  { headers, body }: SignedRequest,
  secrets: readonly string[],
  at: Date,
): SignatureCheck {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  const missing = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].filter((name) => !headers[name]);
  if (!id || !timestamp || !signatures) return refused(`not signed: ${missing.join(', ')} missing`);
  if (!/^\d{1,12}$/.test(timestamp)) return refused('webhook-timestamp is no number of seconds');
  const timestampSeconds = Number(timestamp);
  const ageSeconds = at.getTime() / 1000 - timestampSeconds;
  if (Math.abs(ageSeconds) > TOLERANCE_SECONDS) {
    return refused(`signed ${ageSeconds > 0 ? 'more than' : 'for later than'} five minutes from now`);
  }
  const given = signatures.split(' ');
  const isGiven = (secret: string) => {
    const expected = signatureHeader({ secrets: [secret], id, timestampSeconds, body });
    return given.some((signature) => isSame(signature, expected));
  };
  const by = secrets.findIndex(isGiven);
  if (by < 0) return refused('signed with another secret, or changed on its way');
  return {
    ok: true,
    reason: by === 0 ? 'signed with the secret' : 'signed with the secret before the newest',
  };
}

function refused(reason: string): SignatureCheck {
  return { ok: false, reason };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
