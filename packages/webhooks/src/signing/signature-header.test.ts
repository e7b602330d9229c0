import * as standard from 'standardwebhooks';
import * as svix from 'svix';
import { describe, expect, it } from 'vitest';
import { signatureHeader } from './signature-header.ts';
import { newSigningSecret } from './signing-secret.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

it('gives the public test vector', () => {
  const signed = signatureHeader({
    secrets: [secret],
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestampSeconds: 1_614_265_330,
    body: '{"test": 2432232314}',
  });
  expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

describe.each([
  ['standardwebhooks', standard.Webhook],
  ['svix', svix.Webhook],
])('verified by %s', (_name, Webhook) => {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const signed = (secrets: readonly string[], body: string) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatureHeader({ secrets, id: 'msg_1', timestampSeconds, body }),
  });

  it.each(['{}', '{"name":"Zoë 渡辺 👩‍💻"}', `{"text":"${'ä'.repeat(10_000)}"}`])('%.30s', (body) => {
    const own = newSigningSecret();
    expect(new Webhook(own).verify(body, signed([own], body))).toEqual(JSON.parse(body));
  });

  it('with the old and the new secret during a rotation', () => {
    const [before, after, other] = [newSigningSecret(), newSigningSecret(), newSigningSecret()];
    const headers = signed([after, before], '{"n":1}');
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    for (const key of [before, after]) expect(new Webhook(key).verify('{"n":1}', headers)).toEqual({ n: 1 });
    expect(() => new Webhook(other).verify('{"n":1}', headers)).toThrow();
    expect(() => new Webhook(after).verify('{"n":2}', headers)).toThrow();
  });
});

it('signs bytes like the text they encode', () => {
  const message = { secrets: [secret], id: 'msg_1', timestampSeconds: 1, body: '{"name":"Zoë"}' };
  expect(signatureHeader({ ...message, body: Buffer.from(message.body) })).toBe(signatureHeader(message));
});
