import { serve } from '@hono/node-server';
import { startServer, type StartedServer } from '@interview-webhooks/testing';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { interviewWebhooks as forExpress } from '../examples/express.ts';
import { interviewWebhooks as forFastify } from '../examples/fastify.ts';
import { interviewWebhook as forHono } from '../examples/hono.ts';
import { POST } from '../examples/next/app/webhooks/route.ts';
import { seen as seenByNext } from '../examples/next/on-event.ts';
import { createClient, type WebhookEvent } from '../src/index.ts';

let server: StartedServer;
let client: ReturnType<typeof createClient>;
let secret: string;
beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, apiKey: server.apiKey });
  ({ secret } = await client.settings.signingSecret.query());
});
afterAll(() => server[Symbol.asyncDispose]());

/** A framework's server with its example in it, under `/webhooks`. */
interface Running {
  server: Server;
  seen: ReadonlyMap<string, WebhookEvent>;
}

function noting() {
  const seen = new Map<string, WebhookEvent>();
  const onEvent = (event: WebhookEvent) => {
    seen.set(event.event_id, event);
    return Promise.resolve();
  };
  return { seen, onEvent };
}

const frameworks: Record<string, () => Running | Promise<Running>> = {
  Express: () => {
    const { seen, onEvent } = noting();
    const app = express().post('/webhooks', ...forExpress(secret, onEvent));
    return { server: app.listen(0, '127.0.0.1'), seen };
  },
  Fastify: async () => {
    const { seen, onEvent } = noting();
    const app = fastify();
    await app.register(forFastify, { prefix: '/webhooks', secret, onEvent });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { server: app.server, seen };
  },
  Hono: () => {
    const { seen, onEvent } = noting();
    const app = new Hono().post('/webhooks', forHono(secret), async (context) => {
      await onEvent(context.var.event);
      return context.body(null, 204);
    });
    return { server: serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server, seen };
  },
  // A route handler is a function from Request to Response, and Next 340 MB: another server calls it here.
  'a Next route handler': () => {
    process.env['INTERVIEW_WEBHOOKS_SECRET'] = `whsec_${btoa('the next secret')},${secret}`;
    return { server: serve({ fetch: POST, port: 0, hostname: '127.0.0.1' }) as Server, seen: seenByNext };
  },
};

it.each(Object.entries(frameworks))('%s takes what is real and refuses the rest', async (_name, start) => {
  const { server: running, seen } = await start();
  if (!running.listening) await once(running, 'listening');
  const { port } = running.address() as AddressInfo; // listens on a port, not on a pipe
  const url = `http://127.0.0.1:${port}/webhooks`;
  try {
    for (const event of ['start', 'submission'] as const) {
      const { status, error, request } = await client.settings.test.mutate({ event, url });
      expect({ status, error }).toEqual({ status: 204, error: null });
      // The same headers over another body.
      const body = request.body.replace('"test":true', '"test":false');
      const forged = await fetch(url, { method: 'POST', headers: request.headers, body });
      expect([forged.status, await forged.text()]).toEqual([400, 'no-matching-signature']);
    }
    expect([...seen.values()].map(({ event, test }) => [event, test])).toEqual([
      ['ai_interview.start', true],
      ['ai_interview.submission', true],
    ]);
  } finally {
    running.closeAllConnections();
    await once(running.close(), 'close');
  }
});
