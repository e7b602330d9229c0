import { expect, it } from 'vitest';
import { readEnv } from './env.ts';

it('drops what surrounds a value, but keeps the spaces of a password', () => {
  const env = readEnv({
    INTERVIEW_WEBHOOKS_URL: ' http://127.0.0.1:3100\n',
    INTERVIEW_WEBHOOKS_API_KEY: 'iw_key\r\n',
    INTERVIEW_WEBHOOKS_AUTH_PASSWORD: ' pass \n',
    INTERVIEW_WEBHOOKS_SECRET: '\n',
  });
  expect(env).toMatchObject({ url: 'http://127.0.0.1:3100', apiKey: 'iw_key', authPassword: ' pass ' });
  expect(env.secret).toBeUndefined();
});

it('refuses a line break inside of a value, and names the variable but not the value', () => {
  const mistake = 'INTERVIEW_WEBHOOKS_API_KEY must not contain line breaks or other control characters.';
  expect(() => readEnv({ INTERVIEW_WEBHOOKS_API_KEY: 'iw_key\nx-other: 1' })).toThrow(mistake);
});
