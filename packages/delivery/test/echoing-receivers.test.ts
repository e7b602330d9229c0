import { recordStart, sendTest } from '@interview-webhooks/domain';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DeliveryEngine } from '../src/index.ts';
import {
  configure,
  deliveryOf,
  type DeliveryWorld,
  deliveryWorld,
  invitation,
} from '../src/testing/delivery-world.ts';
import { httpReceiver } from './receivers.ts';

const password = 'p@ss "w0rd" & more';
const token = Buffer.from(`ats:${password}`).toString('base64');
const apikey = 'sk_live_51be02f7c9';
const auths = {
  basic: { type: 'basic', basic: { username: 'ats', password } },
  apikey: { type: 'apikey', apikey: { header: 'X-Ats-Key', apikey } },
};

let world: DeliveryWorld;
let engine: DeliveryEngine;
beforeAll(async () => {
  world = await deliveryWorld();
  engine = world.engine();
});
afterAll(() => world[Symbol.asyncDispose]());

/** What a receiver got, in the forms in which it may say it. */
function formsOf(headers: Record<string, unknown>) {
  const sent = String(headers['x-ats-key'] ?? headers['authorization']);
  const inClear = sent.startsWith('Basic ') ? Buffer.from(sent.slice(6), 'base64').toString() : sent;
  return { sent, inClear };
}

const echoes: [how: string, answer: RequestListener][] = [
  [
    'in its headers and its body',
    (request, response) => {
      const { sent, inClear } = formsOf(request.headers);
      response.writeHead(200, { 'x-got': sent, 'x-said': encodeURIComponent(inClear), 'x-ats-key': sent });
      response.end(`${JSON.stringify(request.headers)}\n${inClear}\n${JSON.stringify({ inClear })}`);
    },
  ],
  [
    'in the address of a redirect',
    (request, response) => {
      const { inClear } = formsOf(request.headers);
      response.writeHead(302, {
        location: `https://example.com/${'x'.repeat(150)}?k=${encodeURIComponent(inClear)}`,
      });
      response.end();
    },
  ],
  [
    'in a body of many small chunks',
    (request, response) => {
      const { sent, inClear } = formsOf(request.headers);
      const characters = `${sent} ${inClear}`.match(/./gsu) ?? [];
      const next = () => {
        const character = characters.shift();
        if (character === undefined) response.end();
        else response.write(character, () => setImmediate(next));
      };
      next();
    },
  ],
  [
    'in a name of a header',
    (request, response) => {
      const { inClear } = formsOf(request.headers);
      response.setHeader(`x-${Buffer.from(inClear).toString('base64url')}`, '1');
      response.setHeader(`x-${Buffer.from(inClear).toString('hex')}`, '2');
      response.end();
    },
  ],
  [
    'compressed',
    (request, response) => {
      const { sent, inClear } = formsOf(request.headers);
      response.setHeader('content-encoding', 'gzip').end(gzipSync(`${sent} ${inClear}`));
    },
  ],
];

/** Every piece of six characters of a secret, in the forms of `echoes`. */
function giveaways(kind: keyof typeof auths): string[] {
  const secrets = kind === 'basic' ? [token, password, encodeURIComponent(password)] : [apikey];
  const encoded = secrets.flatMap((secret) => {
    const bytes = Buffer.from(secret);
    return [secret, JSON.stringify(secret).slice(1, -1), bytes.toString('base64url'), bytes.toString('hex')];
  });
  return encoded.flatMap((text) => [text.slice(0, 6), text.slice(6, 12)]).map((text) => text.toLowerCase());
}

it.each(
  (['basic', 'apikey'] as const).flatMap((kind) => echoes.map(([how, answer]) => ({ kind, how, answer }))),
)(
  'the log and a test say nothing of the $kind credential that a receiver echoes $how',
  async ({ kind, answer }) => {
    await using receiver = await httpReceiver((request, response) => {
      request.resume().on('end', () => {
        answer(request, response);
      });
    });
    const context = await world.workspace(engine);
    await configure(context, { start: { status: true, url: receiver.url }, auth: auths[kind] });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();

    const { log } = await deliveryOf(context, response_id, 'start');
    const tested = await sendTest(context, { event: 'start' });
    const stored = await context.database.deliveries.find({ workspaceId: context.workspaceId }).lean();
    for (const shown of [log, tested, stored]) {
      const text = JSON.stringify(shown).toLowerCase();
      for (const piece of giveaways(kind)) expect(text).not.toContain(piece);
      expect(text).toContain('••••••');
    }
  },
);

it('nor of the beginning of one that is cut off where a body is not kept any more', async () => {
  let before = 0;
  await using receiver = await httpReceiver((request, response) => {
    const { sent } = formsOf(request.headers);
    request.resume().on('end', () => response.end('.'.repeat(before) + sent + '.'.repeat(30_000)));
  });
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: receiver.url }, auth: auths.apikey });
  for (let kept = 1; kept < apikey.length; kept++) {
    before = 16 * 1024 - kept;
    const { response } = await sendTest(context, { event: 'start' });
    // A mask may take more room than there is left.
    expect(response?.body).toMatch(/^\.+•{0,6}$/);
    expect(response).toMatchObject({ truncated: true });
  }
});
