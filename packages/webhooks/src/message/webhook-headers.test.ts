import type { WebhookAuth } from '@interview-webhooks/schema';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { credentialForms } from '../masking/credential-forms.ts';
import { MASK } from '../masking/mask-credential.ts';
import { newSigningSecret } from '../signing/signing-secret.ts';
import { maskedHeaders, webhookHeaders } from './webhook-headers.ts';

const secret = newSigningSecret();
const body = '{"name":"Zoë"}';
const none: WebhookAuth = { type: null };
const basic: WebhookAuth = { type: 'basic', username: 'ats', password: 'pässword' };
const apikey = (header: string): WebhookAuth => ({ type: 'apikey', header, apikey: 'sk_live' });

const noon = new Date('2026-01-31T12:00:00.900Z');
const headersWith = (auth: WebhookAuth, at = noon) =>
  webhookHeaders({ id: 'evt_1', body, attempt: 2, at, signingSecrets: [secret], auth });
const maskedWith = (auth: WebhookAuth) => maskedHeaders(headersWith(auth), credentialForms(auth));

describe("a webhook's headers", () => {
  it('say what it is, which attempt, and are signed', () => {
    expect(headersWith(none)).toEqual({
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^interview-webhooks\//) as string,
      'webhook-id': 'evt_1',
      'webhook-timestamp': '1769860800',
      'webhook-attempt': '2',
      'webhook-signature': expect.stringMatching(/^v1,/) as string,
    });
    expect(new Webhook(secret).verify(body, headersWith(none, new Date()))).toEqual({ name: 'Zoë' });
  });

  it('carry the credential, in UTF-8', () => {
    expect(headersWith(basic)['authorization']).toBe(`Basic ${btoa('ats:p\xc3\xa4ssword')}`);
    expect(headersWith(apikey('X-Api-Key'))['x-api-key']).toBe('sk_live');
  });

  it.each(['Content-Type', 'webhook-id', 'Webhook-Signature'])(
    'are not replaced by a credential that is to go into %s',
    (header) => {
      const name = header.toLowerCase();
      expect(headersWith(apikey(header))[name]).not.toBe('sk_live');
    },
  );
});

describe('in the log', () => {
  it('the credential is masked, and nothing else', () => {
    expect(maskedWith(basic)).toEqual({ ...headersWith(basic), authorization: MASK });
    expect(maskedWith(apikey('X-Api-Key'))).toEqual({
      ...headersWith(apikey('X-Api-Key')),
      'x-api-key': MASK,
    });
  });

  it('headers without a credential are the very headers that are sent', () => {
    const headers = headersWith(none);
    expect(maskedHeaders(headers, credentialForms(none))).toBe(headers);
  });
});
