import { WebhookEvent } from '@interview-webhooks/schema';
import { TOLERANCE_SECONDS } from '../signing/standard-webhooks.ts';
import { isSame, signatureOf, signaturesIn } from './signature.ts';
import { WebhookVerificationError } from './verification-error.ts';

/** A `Headers` object, or what Node gives: names in lower case. */
export type WebhookHeaders =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** Seconds that `webhook-timestamp` may be away from now, to either side; 300 unless given. */
  tolerance?: number;
  /** The time, for tests. */
  now?: () => Date;
}

/**
 * Checks that a request is a webhook of ours and of now, and gives its payload.
 *
 * @param rawBody the body as it came in; one that was parsed and written again has other bytes
 * @param secret as `settings.signingSecret` gives it; several while one is being rotated
 * @returns the event; drop what you have seen by its `event_id`, which is the same on every attempt
 * @throws WebhookVerificationError with a `code` that says why; answer 400
 * @throws WebhookSecretError when `secret` itself is none
 */
export async function verifyWebhook(
  rawBody: string | Uint8Array | ArrayBuffer,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  options: VerifyOptions = {},
): Promise<WebhookEvent> {
  const id = header(headers, 'webhook-id');
  const timestamp = header(headers, 'webhook-timestamp');
  const given = signaturesIn(header(headers, 'webhook-signature'));
  const body = bytesOf(rawBody);
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const expected = await Promise.all(secrets.map((each) => signatureOf(each, { id, timestamp, body })));
  // Every pair is looked at: the time taken must not tell which secret was right.
  const matches = expected.flatMap((ours) => given.map((theirs) => isSame(ours, theirs)));
  if (!matches.includes(true)) {
    throw new WebhookVerificationError(
      'no-matching-signature',
      'no signature matches; check the secret, and that rawBody has the very bytes that came in',
    );
  }
  // After the signature: before it, the time is anybody's word.
  checkTime(timestamp, options);
  return payloadOf(body);
}

function header(headers: WebhookHeaders, name: string): string {
  const value = hasGet(headers) ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookVerificationError('missing-header', `the request has no header ${name}`);
}

function hasGet(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof (headers as { get?: unknown }).get === 'function'; // a header of this name would be text
}

function bytesOf(rawBody: string | Uint8Array | ArrayBuffer): Uint8Array {
  if (typeof rawBody === 'string') return new TextEncoder().encode(rawBody);
  return rawBody instanceof Uint8Array ? rawBody : new Uint8Array(rawBody);
}

function checkTime(
  timestamp: string,
  { tolerance = TOLERANCE_SECONDS, now = () => new Date() }: VerifyOptions,
) {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError('invalid-timestamp', 'webhook-timestamp is no number of seconds');
  }
  const ageSeconds = now().getTime() / 1000 - Number(timestamp);
  if (ageSeconds > tolerance) {
    throw new WebhookVerificationError(
      'too-old',
      `it was sent more than ${tolerance} s ago; it may be a replay`,
    );
  }
  if (ageSeconds < -tolerance) {
    throw new WebhookVerificationError(
      'too-new',
      `it was sent more than ${tolerance} s from now; check the clock`,
    );
  }
}

function payloadOf(body: Uint8Array): WebhookEvent {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new WebhookVerificationError('not-json', 'the body is not JSON', { cause });
  }
  const parsed = WebhookEvent.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new WebhookVerificationError(
    'unknown-payload',
    'the body is signed and of a shape that this version does not know; update the client',
    { cause: parsed.error },
  );
}
