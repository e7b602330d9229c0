import { receiver, startServer } from '@interview-webhooks/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './support/cli.ts';

let directory: string;
let secret: string;
/** A webhook as a receiver got it. */
let body: string;
let headers: Record<string, string>;
const file = (name: string) => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-verify-'));
  await using server = await startServer();
  await using ats = await receiver();
  await server.rest('POST', '/ai-interviews/settings/webhooks/test', { event: 'submission', url: ats.url });
  const [got] = ats.received;
  body = got?.body ?? '';
  headers = got?.headers as Record<string, string>; // none of those that come as lists
  const answer = await server.rest('GET', '/ai-interviews/settings/webhooks/secret');
  ({ secret } = answer as { secret: string });
  await writeFile(file('body.json'), body);
  await writeFile(file('headers.json'), JSON.stringify(headers));
  const lines = Object.entries(headers).map(([name, value]) => `${name.toUpperCase()}: ${value}`);
  await writeFile(file('headers.txt'), ['POST /hooks HTTP/1.1', ...lines, ''].join('\r\n'));
});
afterAll(() => rm(directory, { recursive: true }));

const environment = () => ({ INTERVIEW_WEBHOOKS_SECRET: secret });

describe('a webhook of ours is valid', () => {
  it('with its headers as lines or as JSON, and its body in a file or on stdin', async () => {
    const ways = [
      ['--body', file('body.json'), '--headers', file('headers.txt')],
      ['--headers', file('headers.json')],
    ];
    for (const args of ways) {
      const { code, stdout, stderr } = await cli(['verify', ...args], { env: environment(), input: body });
      expect(stdout).toMatch(/^valid {2}ai_interview\.submission of .+, evt_test_\w+, 20\d\d-.*, a test\n$/);
      expect(stderr).toBe('');
      expect(code).toBe(0);
    }
  });

  it('with each header as an option, the secret on stdin, and JSON to read on', async () => {
    const given = ['id', 'timestamp', 'signature'].flatMap((name) => [
      `--${name}`,
      headers[`webhook-${name}`] ?? '',
    ]);
    const args = ['verify', '--body', file('body.json'), '--secret-stdin', '--json', ...given];
    const { code, json } = await cli(args, { input: `${secret}\n` });
    expect(json()).toMatchObject({ valid: true, event: JSON.parse(body) as object });
    expect(code).toBe(0);
  });

  it('with the secret as an option, and with one of several while it is rotated', async () => {
    const args = ['verify', '--headers', file('headers.json')];
    const other = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(await cli([...args, '--secret', secret], { input: body })).toMatchObject({ code: 0 });
    const env = { INTERVIEW_WEBHOOKS_SECRET: `${other}, ${secret}` };
    expect(await cli(args, { env, input: body })).toMatchObject({ code: 0 });
  });
});

describe('what is none ends with 1 and says why, in plain words', () => {
  const verify = (options: { args?: string[]; body?: string; secret?: string }) =>
    cli(['verify', '--headers', file('headers.json'), ...(options.args ?? [])], {
      env: { INTERVIEW_WEBHOOKS_SECRET: options.secret ?? secret },
      input: options.body ?? body,
    });

  it('a body that is not the one that was signed', async () => {
    const { code, stdout } = await verify({ body: `${body}\n` });
    expect(stdout).toMatch(
      /^not valid {2}Another secret signed it, or the body is not the one that was signed\./,
    );
    expect(code).toBe(1);
  });

  it('another secret, as JSON with a code', async () => {
    const { code, json } = await verify({
      args: ['--json'],
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    });
    expect(json()).toEqual({
      valid: false,
      code: 'no-matching-signature',
      reason: expect.stringContaining('Another secret') as string,
    });
    expect(code).toBe(1);
  });

  it('one that is old, unless its time is given, or does not matter', async () => {
    const later = (minutes: number) =>
      new Date((Number(headers['webhook-timestamp']) + minutes * 60) * 1000).toISOString();
    const old = await verify({ args: ['--at', later(6)] });
    expect(old.stdout).toContain('not valid  It was sent more than five minutes before.');
    expect(old.code).toBe(1);
    const early = await verify({ args: ['--at', later(-6)] });
    expect(early.stdout).toContain('check the clock');
    expect(await verify({ args: ['--at', later(4)] })).toMatchObject({ code: 0 });
    expect(await verify({ args: ['--at', later(600), '--any-age'] })).toMatchObject({ code: 0 });
  });

  it('a header that is missing', async () => {
    const { code, stdout } = await cli(['verify', '--id', 'evt_1'], { env: environment(), input: body });
    expect(stdout).toBe('not valid  the request has no header webhook-timestamp.\n');
    expect(code).toBe(1);
  });
});

describe('what cannot be checked ends with 2', () => {
  it.each([
    ['a secret that is none', { args: ['--secret', 'geheim-7f3a9c'] }, 'The secret cannot be one'],
    ['headers that are none', { headers: 'no colon' }, 'A header must be "name: value"'],
    ['headers that are half JSON', { headers: '{"webhook-id":' }, 'The headers begin like JSON'],
    ['a time that is none', { args: ['--at', 'noon'] }, '--at must be a time'],
    ['a body that is not there', { args: ['--body', '/nowhere'] }, '/nowhere cannot be read'],
  ] as const)('%s', async (_what, given, message) => {
    const path = file('given.txt');
    await writeFile(path, 'headers' in given ? given.headers : JSON.stringify(headers));
    const args = ['verify', '--headers', path, ...('args' in given ? given.args : [])];
    const { code, stdout, stderr } = await cli(args, { env: environment(), input: body });
    expect(stderr).toContain(`error ${message}`);
    expect(stdout + stderr).not.toContain('geheim');
    expect(code).toBe(2);
  });
});
