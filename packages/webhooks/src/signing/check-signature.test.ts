import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { checkSignature } from './check-signature.ts';
import { newSigningSecret } from './signing-secret.ts';

const at = new Date('2026-01-31T12:00:00Z');
const [secret, older] = [newSigningSecret(), newSigningSecret()];
const body = Buffer.from('{"name":"Zoë"}');

function signed(more: Record<string, string> = {}, with_ = secret) {
  const headers: Record<string, string> = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(at.getTime() / 1000),
    'webhook-signature': new Webhook(with_).sign('msg_1', at, body.toString()),
    ...more,
  };
  return { headers, body };
}
const check = (request: Parameters<typeof checkSignature>[0]) => checkSignature(request, [secret, older], at);

describe('a signature', () => {
  it('of any Standard Webhooks library is good with any secret that signs now', () => {
    expect(check(signed())).toEqual({ ok: true, reason: 'signed with the secret' });
    expect(check(signed({}, older))).toEqual({
      ok: true,
      reason: 'signed with the secret before the newest',
    });
    const both = `v1,${'A'.repeat(44)} ${signed().headers['webhook-signature'] ?? ''}`;
    expect(check(signed({ 'webhook-signature': both })).ok).toBe(true);
  });

  it.each([
    [{ 'webhook-id': 'msg_2' }, 'another secret, or changed'],
    [{ 'webhook-signature': 'v1,nonsense' }, 'another secret, or changed'],
    [{ 'webhook-signature': '' }, 'webhook-signature missing'],
    [{ 'webhook-timestamp': 'noon' }, 'no number of seconds'],
    [{ 'webhook-timestamp': String(at.getTime() / 1000 - 301) }, 'more than five minutes'],
    [{ 'webhook-timestamp': String(at.getTime() / 1000 + 301) }, 'for later than five minutes'],
  ])('with %j is refused, and it is said why', (more, reason) => {
    const { ok, reason: said } = check(signed(more));
    expect([ok, said]).toEqual([false, expect.stringContaining(reason)]);
  });

  it('of another secret, or of other bytes, is refused', () => {
    expect(check(signed({}, newSigningSecret())).ok).toBe(false);
    expect(check({ ...signed(), body: Buffer.from('{"name":"Eve"}') }).ok).toBe(false);
  });
});
