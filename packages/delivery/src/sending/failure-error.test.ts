import { AssertionError } from 'node:assert';
import { errors } from 'undici';
import { expect, it } from 'vitest';
import { LookupError, TargetRefusedError } from './attempt-failures.ts';
import { DeadlineError, type Phase } from './attempt.ts';
import { failureError } from './failure-error.ts';

const errorOf = (failure: unknown, phase: Phase | null = 'answer') =>
  failureError(failure, { phase, host: 'receiver.example:8443', deadlineMs: 15_000 });
const systemError = (code: string) => Object.assign(new Error(code), { code });

it.each<[string, Phase, string]>([
  ['ECONNREFUSED', 'connect', 'connection-refused'],
  ['ETIMEDOUT', 'connect', 'connect-timeout'],
  ['EHOSTUNREACH', 'connect', 'network'],
  ['ENETUNREACH', 'connect', 'network'],
  ['EMFILE', 'connect', 'network'],
  ['ECONNRESET', 'tls', 'tls-failed'],
  ['EPROTO', 'tls', 'tls-failed'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'tls-failed'],
  ['CERT_HAS_EXPIRED', 'tls', 'tls-certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'tls-certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'tls-certificate'],
  ['ETIMEDOUT', 'tls', 'connect-timeout'],
  ['ECONNRESET', 'answer', 'connection-reset'],
  ['EPIPE', 'answer', 'connection-reset'],
  ['UND_ERR_SOCKET', 'headers', 'connection-reset'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'answer', 'tls-failed'],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'tls', 'tls-failed'],
  ['ERR_INVALID_URL', 'answer', 'invalid-request'],
  ['constructor', 'tls', 'tls-failed'],
])('%s in the phase %s is %s', (systemCode, phase, code) => {
  expect(errorOf(systemError(systemCode), phase).code).toBe(code);
});

it.each<[string, Error, Phase, string]>([
  ['no HTTP', new errors.HTTPParserError('(Expected HTTP/)'), 'answer', 'invalid-response'],
  [
    'what undici asserts',
    new AssertionError({ message: 'statusCode >= 100' }),
    'headers',
    'invalid-response',
  ],
  ['contradictory headers', new errors.ResponseContentLengthMismatchError(), 'headers', 'invalid-response'],
  ['too many headers', new errors.HeadersOverflowError(), 'headers', 'invalid-response'],
  ['an upgrade', new errors.SocketError('bad upgrade'), 'headers', 'invalid-response'],
  ['a hang-up', new errors.SocketError('other side closed'), 'answer', 'connection-reset'],
  ['a broken header', new errors.InvalidArgumentError('invalid x header'), 'answer', 'invalid-request'],
])('%s is %s', (_what, failure, phase, code) => {
  expect(errorOf(failure, phase).code).toBe(code);
});

it.each<[Phase | null, string]>([
  [null, 'connect-timeout'],
  ['dns', 'connect-timeout'],
  ['connect', 'connect-timeout'],
  ['tls', 'connect-timeout'],
  ['answer', 'timeout'],
  ['headers', 'timeout'],
  ['body', 'timeout'],
])('a deadline in the phase %s is %s and says how long', (phase, code) => {
  const error = errorOf(new DeadlineError(phase));
  expect(error.code).toBe(code);
  expect(error.message).toContain('15 s');
});

it('passes the guard’s reason on', () => {
  const refusal = { code: 'address-forbidden', reason: 'is the private address 10.0.0.1; no' } as const;
  expect(errorOf(new TargetRefusedError(refusal))).toEqual({
    code: 'address-forbidden',
    message: 'The URL is the private address 10.0.0.1; no.',
  });
});

it('tells a name that does not exist from DNS that does not answer', () => {
  expect(errorOf(new LookupError(systemError('ENOTFOUND'))).message).toContain('no such name');
  expect(errorOf(new LookupError(systemError('EAI_AGAIN'))).message).toContain('no answer');
});

it('has a word for anything', () => {
  for (const failure of [new Error('?'), undefined, 'text', { code: 'ECONNRESET' }]) {
    expect(errorOf(failure)).toEqual({
      code: 'network',
      message: 'The webhook could not be sent to receiver.example:8443.',
    });
  }
});
