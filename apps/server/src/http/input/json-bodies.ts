import { TransportError } from '@interview-webhooks/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { checkBodyHeaders, MAX_BODY_BYTES } from './body-headers.ts';
import { readBody } from './bounded-body.ts';
import { decodeUtf8, parseJson } from './strict-json.ts';

/** A body that was found to be in order: what came, and what it says. */
export interface JsonBody {
  text: string;
  value: unknown;
}

/**
 * The one way in which the API reads what callers send: its headers are judged first, then at most {@link MAX_BODY_BYTES}
 * are read, decoded and parsed, and nothing else is ever read.
 *
 * @param give what becomes the request's `body`. An empty body is none, because many clients name a content type with every
 *   request.
 */
export function jsonBodies(app: FastifyInstance, give: (body: JsonBody) => unknown): void {
  app.removeAllContentTypeParsers();
  app.addHook('preParsing', (request, reply, payload, done) => {
    try {
      checkBodyHeaders(request, reply);
      requireReadableQuery(request);
      done(null, payload);
    } catch (error) {
      done(error as Error); // both throw TransportErrors only
    }
  });
  app.addContentTypeParser('application/json', async (_request: FastifyRequest, payload: IncomingMessage) => {
    const { bytes } = await readBody(payload, { maxBytes: MAX_BODY_BYTES });
    if (bytes.length === 0) return undefined;
    const text = decodeUtf8(bytes);
    return give({ text, value: parseJson(text) });
  });
}

/** What is percent-encoded must be UTF-8: decoders would put U+FFFD in its place, or leave it as it is. */
function requireReadableQuery({ url }: FastifyRequest): void {
  const at = url.indexOf('?');
  if (at === -1) return;
  try {
    decodeURIComponent(url.slice(at));
  } catch {
    throw new TransportError(
      'malformed-request',
      'The query is not percent-encoded UTF-8; encode it as encodeURIComponent does.',
    );
  }
}
