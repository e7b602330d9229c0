import { StartEvent, SubmissionEvent } from '@interview-webhooks/schema';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { WebhookSecretError, WebhookVerificationError } from './verification-error.ts';
import { verifyWebhook, type VerifyOptions } from './verify-webhook.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const at = new Date('2026-11-25T12:00:00Z');
const now = () => at;

const [start] = StartEvent.meta()?.['examples'] as [object];
const [submission] = SubmissionEvent.meta()?.['examples'] as [object];

/** Signed by an independent implementation. */
function signed(body: string, by = secret, id = 'evt_1') {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at.getTime() / 1000),
    'webhook-signature': new Webhook(by).sign(id, at, body),
  };
}

async function codeOf(
  body: string,
  headers: Record<string, string | undefined>,
  { by = secret, ...options }: VerifyOptions & { by?: string } = {},
) {
  const error: unknown = await verifyWebhook(body, headers, by, { now, ...options }).then(
    () => null,
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof WebhookVerificationError)) throw new Error('was not refused', { cause: error });
  return error.code;
}

const body = JSON.stringify(start);

it('gives the payload of both events, from text and from bytes, with any kind of headers', async () => {
  expect(await verifyWebhook(body, signed(body), secret, { now })).toEqual(start);
  const text = JSON.stringify(submission);
  const bytes = new TextEncoder().encode(text);
  const headers = new Headers(signed(text));
  expect(await verifyWebhook(bytes, headers, [secret], { now })).toEqual(submission);
  expect(await verifyWebhook(bytes.buffer, headers, [secret], { now })).toEqual(submission);
  expect(await verifyWebhook(Buffer.from(text), headers, [secret], { now })).toEqual(submission);
});

it('a view on a larger buffer is only what it shows', async () => {
  const padded = new TextEncoder().encode(`xx${body}yy`);
  expect(await verifyWebhook(padded.subarray(2, -2), signed(body), secret, { now })).toEqual(start);
});

describe('while a secret is rotated', () => {
  it('either side may know both', async () => {
    expect(await verifyWebhook(body, signed(body, other), [secret, other], { now })).toEqual(start);
    const both = {
      ...signed(body),
      'webhook-signature': `v1a,ignored ${signed(body, other)['webhook-signature']} ${signed(body)['webhook-signature']}`,
    };
    expect(await verifyWebhook(body, both, secret, { now })).toEqual(start);
    expect(await codeOf(body, both, { by: `whsec_${btoa('a third one')}` })).toBe('no-matching-signature');
  });
});

it('says why it refuses', async () => {
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    expect(await codeOf(body, { ...signed(body), [name]: undefined })).toBe('missing-header');
  }
  expect(await codeOf(`${body} `, signed(body))).toBe('no-matching-signature');
  expect(await codeOf(body, { ...signed(body), 'webhook-id': 'evt_2' })).toBe('no-matching-signature');
  expect(await codeOf(body, { ...signed(body), 'webhook-timestamp': '1' })).toBe('no-matching-signature');
  for (const forged of [
    'v1,',
    'v1,????',
    'v1,AAAA',
    'v2,x',
    signed(body)['webhook-signature'].slice(0, -4),
  ]) {
    expect(await codeOf(body, { ...signed(body), 'webhook-signature': forged })).toBe(
      'no-matching-signature',
    );
  }
  expect(await codeOf('{', signed('{'))).toBe('not-json');
  expect(await codeOf('{"event":"other"}', signed('{"event":"other"}'))).toBe('unknown-payload');
});

it('takes what is at most the tolerance away from now', async () => {
  const later = (seconds: number) => () => new Date(at.getTime() + seconds * 1000);
  for (const seconds of [-300, 300]) {
    expect(await verifyWebhook(body, signed(body), secret, { now: later(seconds) })).toEqual(start);
  }
  expect(await codeOf(body, signed(body), { now: later(301) })).toBe('too-old');
  expect(await codeOf(body, signed(body), { now: later(-301) })).toBe('too-new');
  expect(await codeOf(body, signed(body), { now: later(11), tolerance: 10 })).toBe('too-old');
});

it('a secret that is none is told apart from a bad request, and not repeated', async () => {
  for (const none of ['', 'whsec_', 'whsec_not base64!', btoa('without prefix')]) {
    const refusal = verifyWebhook(body, signed(body), none, { now });
    await expect(refusal).rejects.toThrow(WebhookSecretError);
    if (none.length > 6) await expect(refusal).rejects.not.toThrow(none);
  }
});
