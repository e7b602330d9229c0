import {
  type IncomingRequest,
  type Inboxes,
  receiveInInbox,
  type Services,
} from '@interview-webhooks/domain';
import { type InboxAnswer, InboxName } from '@interview-webhooks/schema';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type BoundedBody, readBody } from './input/bounded-body.ts';
import { wantsPage } from './wants-page.ts';

const READ_BYTES = 64 * 1024;
/** What is larger is no webhook, and is not taken in at all. */
const MAX_BYTES = 1024 * 1024;
/** Connections that may be held without an answer. */
const MAX_HELD = 64;
const MAX_HELD_MS = 5 * 60_000;

export interface LocalInbox {
  services: Services;
  inboxes: Inboxes;
  stopping: AbortSignal;
}

/**
 * A receiver for whoever has none yet: takes any request at `/inbox/<name>`, by any method, and answers as it is told.
 * Whatever comes in is kept and shown as text, and never acted on.
 */
export function localInbox(app: FastifyInstance, { services, inboxes, stopping }: LocalInbox): void {
  let held = 0;
  // Whatever it says it is.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) =>
    readBody(payload, { maxBytes: MAX_BYTES, keptBytes: READ_BYTES }),
  );

  const hold = async (request: FastifyRequest, ms: number): Promise<boolean> => {
    if (held >= MAX_HELD) return false;
    held += 1;
    const left = new AbortController();
    request.raw.socket.once('close', () => {
      left.abort();
    });
    try {
      await pause(ms, undefined, { signal: AbortSignal.any([stopping, left.signal]) });
      return true;
    } catch {
      // The sender or the server has had enough.
      return false;
    } finally {
      held -= 1;
    }
  };

  const answer = async ({ mode, seconds }: InboxAnswer, request: FastifyRequest, reply: FastifyReply) => {
    switch (mode) {
      case 'ok':
        return reply.send({ received: true });
      case 'error':
        return reply.code(500).send({ received: false });
      case 'rate-limit':
        return reply.code(429).header('retry-after', seconds).send({ received: false });
      case 'slow':
        if (await hold(request, seconds * 1000)) return reply.send({ received: true });
        return reply.code(503).send({ received: false });
      case 'never':
        await hold(request, MAX_HELD_MS);
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
    }
  };

  app.all('/inbox/:name', async (request, reply) => {
    const name = InboxName.safeParse((request.params as { name: string }).name); // as the path says
    // The page of the same address shows what has come in.
    if (!name.success || wantsPage(request)) {
      reply.callNotFound();
      return reply;
    }
    return answer(
      await receiveInInbox({ ...services, inboxes }, name.data, incoming(request)),
      request,
      reply,
    );
  });
}

function incoming({ method, url, raw, body }: FastifyRequest): IncomingRequest {
  const { bytes, length } = (body as BoundedBody | undefined) ?? { bytes: Buffer.alloc(0), length: 0 }; // see the parser
  const { rawHeaders } = raw;
  return {
    method,
    path: url,
    headers: rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
    ),
    body: bytes,
    bodyBytes: length,
  };
}
