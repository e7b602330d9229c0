import type { WebhookAuth } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import type { AttemptOutcome } from '../outcome/attempt-outcome.ts';
import { credentialForms } from './credential-forms.ts';
import { MASK, maskedOutcome } from './mask-credential.ts';

const password = `Str0ng & "quoted" <p@ss>/w%41+é`;
const basic: WebhookAuth = { type: 'basic', username: 'ats-user', password };
const token = Buffer.from(`ats-user:${password}`).toString('base64');
const apikey: WebhookAuth = { type: 'apikey', header: 'X-Api-Key', apikey: 'sk_live-4f9d77"a\\b' };

function masked(auth: WebhookAuth, answer: Partial<AttemptOutcome>): AttemptOutcome {
  const outcome: AttemptOutcome = {
    ok: true,
    status: 200,
    responseHeaders: {},
    responseBody: '',
    responseTruncated: false,
    remoteAddress: '127.0.0.1',
    timings: { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 1, totalMs: 2 },
    error: null,
    retryAfterMs: null,
    ...answer,
  };
  return maskedOutcome(outcome, credentialForms(auth));
}

const bodyOf = (auth: WebhookAuth, responseBody: string, responseTruncated = false) =>
  masked(auth, { responseBody, responseTruncated }).responseBody;

const percentAll = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const units = (text: string, form: (code: number) => string) =>
  Array.from({ length: text.length }, (_, at) => form(text.charCodeAt(at))).join('');

const spellings: [how: string, spell: (secret: string) => string][] = [
  ['in clear', (secret) => secret],
  ['in upper case', (secret) => secret.toUpperCase()],
  ['as JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['as JSON of JSON', (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1)],
  ['as JSON in ASCII', (secret) => units(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`)],
  ['as JavaScript', (secret) => units(secret, (code) => `\\u{${code.toString(16)}}`)],
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded throughout, in lower case', percentAll],
  ['percent-encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['as a form has it', (secret) => new URLSearchParams({ a: secret }).toString().slice(2)],
  ['as HTML', html],
  ['as HTML in numbers', (secret) => units(secret, (code) => `&#${code};`)],
  ['as HTML in hexadecimal numbers', (secret) => units(secret, (code) => `&#x${code.toString(16)};`)],
  ['as HTML of JSON', (secret) => html(JSON.stringify(secret).slice(1, -1))],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64 without padding', (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, '')],
  ['in base64 for URLs', (secret) => Buffer.from(secret).toString('base64url')],
  ['in base64, percent-encoded', (secret) => encodeURIComponent(Buffer.from(secret).toString('base64'))],
  [
    'in base64, broken over lines',
    (secret) => Buffer.from(secret).toString('base64').replace(/.{8}/g, '$&\r\n'),
  ],
  ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex')],
  ['in hexadecimal, in upper case', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['as a list of bytes', (secret) => JSON.stringify([...Buffer.from(secret)])],
  ['as Python prints bytes', (secret) => Buffer.from(secret).toString('hex').replace(/../g, '\\x$&')],
  ['in UTF-16', (secret) => Buffer.from(secret, 'utf16le').toString('latin1')],
  ['as UTF-8 taken for Latin-1', (secret) => Buffer.from(secret).toString('latin1')],
  ['as Latin-1 taken for UTF-8', (secret) => Buffer.from(secret, 'latin1').toString('utf8')],
];

it.each(spellings)('masks a password and an API key %s', (_how, spell) => {
  // UTF-16 of what is no ASCII is other characters altogether.
  const plain: WebhookAuth = { ...basic, password: 'Str0ng&"p@ss' };
  for (const [auth, secret] of [
    [
      spell(password).includes('\0') ? plain : basic,
      spell(password).includes('\0') ? plain.password : password,
    ],
    [apikey, apikey.apikey],
  ] as const) {
    for (const text of [`before ${spell(secret)} behind`, spell(secret)]) {
      const shown = bodyOf(auth, text) ?? '';
      expect(shown).toContain(MASK);
      expect(shown.replaceAll(MASK, '').length).toBeLessThanOrEqual('before  behind[]""'.length);
      expect(shown.replaceAll(MASK, '')).toMatch(/^\W*(before )?\W*( ?behind)?\W*$/);
    }
  }
});

it('masks what Basic sends, in clear and as its token, also in the middle of something in base64', () => {
  expect(bodyOf(basic, `Authorization: Basic ${token}, thanks`)).toBe(`Authorization: Basic ${MASK}, thanks`);
  expect(bodyOf(basic, `{"auth":"ats-user:${JSON.stringify(password).slice(1)}}`)).toBe(`{"auth":"${MASK}"}`);
  for (const before of ['', 'x', 'xy', 'xyz']) {
    for (const secret of [token, password, `ats-user:${password}`]) {
      const text = Buffer.from(`${before}${secret}, and more`).toString('base64');
      const shown = Buffer.from((bodyOf(basic, text) ?? '').replace(MASK, ''), 'base64').toString('latin1');
      for (const part of [secret.slice(0, 3), secret.slice(-3)]) expect(shown).not.toContain(part);
    }
  }
});

it('masks names and values of headers, and the words of an error', () => {
  const answer = masked(apikey, {
    ok: false,
    responseHeaders: {
      'x-echo': `got ${apikey.apikey}.`,
      'x-api-key': 'anything at all',
      [`x-${Buffer.from(apikey.apikey).toString('base64url').toLowerCase()}`]: '1',
      [`x-${Buffer.from(apikey.apikey).toString('hex')}`]: '2',
      location: `/?key=${encodeURIComponent(apikey.apikey)}`,
    },
    error: { code: 'redirect', message: `A redirect to /?key=${encodeURIComponent(apikey.apikey)}.` },
  });
  expect({ ...answer.responseHeaders }).toEqual({
    'x-echo': `got ${MASK}.`,
    'x-api-key': MASK,
    [`x-${MASK}`]: '1, 2',
    location: `/?key=${MASK}`,
  });
  expect(answer.error?.message).toBe(`A redirect to /?key=${MASK}.`);
});

it('masks the beginning of what is cut off at the end, and nothing where nothing is cut', () => {
  for (const [how, spell] of spellings.filter(([name]) => !/list|Python|UTF-16|taken/.test(name))) {
    const whole = spell(password);
    for (let length = 8; length < whole.length; length += 5) {
      const shown = bodyOf(basic, `said: ${whole.slice(0, length)}`, true) ?? '';
      // A reader could tell little of what is left: no more than a byte or two in some encoding.
      expect(shown.replaceAll(MASK, '').length, `${how}: ${shown}`).toBeLessThanOrEqual('said: '.length + 3);
    }
  }
  expect(bodyOf(basic, 'said: Str0ng', true)).toBe(`said: ${MASK}`);
  expect(bodyOf(basic, 'said: Str0ng', false)).toBe('said: Str0ng');
  expect(bodyOf(basic, `Basic ${token.slice(0, 9)}`, true)).toBe(`Basic ${MASK}`);
});

it('leaves what is no credential as it is', () => {
  const said = '{"ok":true,"user":"ats-user","note":"50% of R&D \\\\ a+b &amp; c %zz \\u12"}';
  const answer = {
    responseBody: said,
    responseHeaders: { server: 'nginx', date: 'Sat, 31 Jan 2026 12:00:00 GMT' },
  };
  expect(masked(basic, answer)).toMatchObject(answer);
  expect(masked({ type: null }, { responseBody: password }).responseBody).toBe(password);
});

it('masks a short credential behind its name and where it stands alone, not in every word', () => {
  const short: WebhookAuth = { type: 'basic', username: 'user', password: 'e' };
  expect(bodyOf(short, 'received, thank you very much indeed')).toBe('received, thank you very much indeed');
  expect(bodyOf(short, 'e')).toBe(MASK);
  expect(bodyOf(short, '"e"\n')).toBe(MASK);
  expect(bodyOf(short, `Basic ${btoa('user:e')} `)).toBe(`Basic ${MASK} `);
  expect(bodyOf(short, 'user:e')).toBe(MASK);
  expect(bodyOf(short, '{"username":"user","password":"e"}')).toBe(
    `{"username":"user","password":"${MASK}"}`,
  );
  const key: WebhookAuth = { type: 'apikey', header: 'X-Api-Key', apikey: 'k' };
  expect(bodyOf(key, '{"x-api-key":"k"} X-Api-Key: k HTTP_X_API_KEY=k ok')).toBe(
    `{"x-api-key":"${MASK}"} X-Api-Key: ${MASK} HTTP_X_API_KEY=${MASK} ok`,
  );
  expect({ ...masked(key, { responseHeaders: { 'x-echo': 'k', 'x-ok': 'ok' } }).responseHeaders }).toEqual({
    'x-echo': MASK,
    'x-ok': 'ok',
  });
  // The documented example's password is looked for everywhere.
  expect(bodyOf({ ...short, password: 'pass' }, 'a pass')).toBe(`a ${MASK}`);
});

it('stays within the bound of a body, and is quick with what a receiver makes to be slow', () => {
  const pass: WebhookAuth = { type: 'basic', username: 'user', password: 'pass' };
  const grown = masked(pass, { responseBody: 'pass.'.repeat(3_276) });
  expect(grown.responseTruncated).toBe(true);
  expect(Buffer.byteLength(grown.responseBody ?? '')).toBeLessThanOrEqual(16 * 1024);
  const long: WebhookAuth = { type: 'apikey', header: 'x', apikey: 'a'.repeat(4_095) + 'b' };
  const startedAt = performance.now();
  for (const text of ['a', '%61', '\\', '&', '&#97;', 'YWFh', '%25'].map((unit) =>
    unit.repeat(16_384 / unit.length),
  )) {
    bodyOf(long, text, true);
  }
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
