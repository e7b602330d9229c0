import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

describe('what surrounds a value is dropped', () => {
  it('of every variable', () => {
    const env = readEnv({
      PORT: ' 3100\n',
      HOST: '0.0.0.0\r\n',
      MONGODB_URI: '\tmongodb://db.example/app\n',
      SECRET_KEYS: `${key}\n`,
      BOOTSTRAP_API_KEY: `${'k'.repeat(40)}\n`,
      PUBLIC_URL: 'https://webhooks.example.com\n',
      WEBHOOK_ALLOWED_NETWORKS: '\n10.0.0.0/8,\n  fd12:3456:789a::/48\n',
      TRUSTED_PROXIES: ' 10.0.0.0/8 , 192.168.1.1/32 \n',
      LOG_LEVEL: 'warn ',
      METRICS_PORT: ' \n',
    });
    expect(env).toMatchObject({
      PORT: 3100,
      HOST: '0.0.0.0',
      MONGODB_URI: 'mongodb://db.example/app',
      BOOTSTRAP_API_KEY: 'k'.repeat(40),
      PUBLIC_URL: 'https://webhooks.example.com',
      TRUSTED_PROXIES: ['10.0.0.0/8', '192.168.1.1/32'],
      LOG_LEVEL: 'warn',
    });
    expect(env.METRICS_PORT).toBeUndefined();
    expect(env.WEBHOOK_ALLOWED_NETWORKS.map(String)).toEqual(['10.0.0.0,8', 'fd12:3456:789a::,48']);
  });
});

describe('what cannot be meant is refused, and the message names the variable', () => {
  it.each([
    [{ HOST: '127.0.0.1\nX' }, 'HOST must not contain line breaks'],
    [{ DATA_DIR: 'a\u0000b' }, 'DATA_DIR must not contain line breaks'],
    [{ PUBLIC_URL: 'https://example.com/\nx' }, 'PUBLIC_URL must not contain line breaks'],
    [
      { MONGODB_URI: 'mongodb://u:a@b@db.example/app', SECRET_KEYS: key },
      'MONGODB_URI cannot be used: Invalid connection',
    ],
    [{ MONGODB_URI: 'mongodb://db.example/?tsl=true', SECRET_KEYS: key }, 'option tsl is not supported'],
    [{ MONGODB_URI: 'mongodb://a\n,b', SECRET_KEYS: key }, 'MONGODB_URI must not contain line breaks'],
    [{ TRUSTED_PROXIES: '10.0.0.0\n/8' }, 'TRUSTED_PROXIES must not contain line breaks'],
    [{ TRUSTED_PROXIES: '10/8' }, 'TRUSTED_PROXIES "10/8" is not a network in CIDR form'],
    [{ TRUSTED_PROXIES: '0.0.0.0/0' }, 'TRUSTED_PROXIES "0.0.0.0/0" is too wide'],
    [{ TRUSTED_PROXIES: '168.63.129.16/32' }, 'TRUSTED_PROXIES "168.63.129.16/32" holds the cloud metadata'],
    [{ WEBHOOK_ALLOWED_NETWORKS: '010.0.0.0/8' }, 'WEBHOOK_ALLOWED_NETWORKS "010.0.0.0/8" is not a network'],
    [{ WEBHOOK_ALLOWED_NETWORKS: '10.0.0.1/8' }, 'WEBHOOK_ALLOWED_NETWORKS "10.0.0.1/8" is not canonical'],
    [{ WEBHOOK_ALLOWED_NETWORKS: '10.0.0.0/8,::/0' }, 'WEBHOOK_ALLOWED_NETWORKS "::/0" is too wide'],
  ])('%j', (source: Record<string, string>, mistake) => {
    expect(() => readEnv(source)).toThrow(mistake);
  });
});
