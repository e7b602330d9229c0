import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const body = JSON.stringify({ event: 'ai_interview.start', event_id: 'evt_1', candidate_name: 'Zoë 渡辺' });

const programs = [
  { file: 'receiver.mjs', command: process.execPath, version: '--version', args: [] },
  { file: 'receiver.py', command: 'python3', version: '--version', args: [] },
  { file: 'receiver.php', command: 'php', version: '--version', args: ['-S', '127.0.0.1:0'] },
  { file: 'receiver.go', command: 'go', version: 'version', args: ['run'] },
  { file: 'Receiver.java', command: 'java', version: '--version', args: [] },
];
/** What is there to be pasted is run as it is, in every language that this machine can run. */
const runnable = programs.filter(({ command, version }) => spawnSync(command, [version]).status === 0);

describe.each(runnable)('$file', ({ file, command, args }) => {
  const program = spawn(command, [...args, fileURLToPath(new URL(`receivers/${file}`, import.meta.url))], {
    env: { ...process.env, PORT: '0', WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let url = '';

  beforeAll(async () => {
    let said = '';
    for (const stream of [program.stdout, program.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    while (url === '') {
      await Promise.race([once(program.stdout, 'data'), once(program.stderr, 'data'), once(program, 'exit')]);
      url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
      if (url === '' && program.exitCode !== null) throw new Error(said);
    }
  });
  afterAll(() => program.kill('SIGKILL'));

  /** Sends what was signed, changed by `change`, and gives the answer's status. */
  const send = async ({ sent = body, change = {}, by = [secret], at = new Date() }: Sent = {}) => {
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': by.map((key) => new Webhook(key).sign('evt_1', at, body)).join(' '),
      ...change,
    };
    const { status } = await fetch(url, {
      method: 'POST',
      body: sent,
      headers: Object.entries(headers).filter(([, value]) => value !== ''),
    });
    return status;
  };
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

  it('takes what was signed just now', async () => {
    expect(await send()).toBe(204);
    expect(await send({ at: ago(240) })).toBe(204);
    expect(await send({ at: ago(-240) })).toBe(204);
  });

  it('takes the old and the new signature during a rotation', async () => {
    expect(await send({ by: [other, secret] })).toBe(204);
    expect(await send({ by: [secret, other] })).toBe(204);
  });

  it('refuses what was changed or signed by somebody else', async () => {
    expect(await send({ by: [other] })).toBe(400);
    expect(await send({ sent: body.replace('evt_1', 'evt_2') })).toBe(400);
    expect(await send({ change: { 'webhook-id': 'evt_2' } })).toBe(400);
  });

  it('refuses what was signed long ago, or is said to come', async () => {
    expect(await send({ at: ago(360) })).toBe(400);
    expect(await send({ at: ago(-360) })).toBe(400);
  });

  it.each(['', 'v1', 'v1,', 'v1,AAAA', 'v2,AAAA', 'v1,ä', ','])(
    'refuses the signature "%s"',
    async (signature) => {
      const latin = Buffer.from(signature).toString('latin1');
      expect(await send({ change: { 'webhook-signature': latin } })).toBe(400);
    },
  );

  it.each(['', 'now', '1e9', '-1', '99999999999999999999'])(
    'refuses the timestamp "%s"',
    async (timestamp) => {
      expect(await send({ change: { 'webhook-timestamp': timestamp } })).toBe(400);
    },
  );

  it('refuses a signature under another version', async () => {
    const signed = new Webhook(secret).sign('evt_1', new Date(), body);
    expect(await send({ change: { 'webhook-signature': signed.replace('v1,', 'v2,') } })).toBe(400);
    expect(await send({ change: { 'webhook-id': '' } })).toBe(400);
  });
});

interface Sent {
  sent?: string;
  change?: Record<string, string>;
  /** The secrets that sign. */
  by?: string[];
  at?: Date;
}
