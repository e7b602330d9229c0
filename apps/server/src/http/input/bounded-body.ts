import { TransportError } from '@interview-webhooks/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What is read and dropped of a body that was refused, so that its sender gets to read why. */
const DROPPED_BYTES = 1024 * 1024;
/** How long a sender whose body was refused may keep its connection without an end of the body. */
const DROPPED_MS = 2_000;

interface BodyBounds {
  /** A body with more bytes is refused. */
  maxBytes: number;
  /** Of a body that is taken, the bytes that are kept; all unless given. */
  keptBytes?: number;
}

export interface BoundedBody {
  /** Its beginning: at most `keptBytes`. */
  bytes: Buffer;
  /** How many bytes the whole body had. */
  length: number;
}

/** Whether the headers announce a body. */
export function announcesBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Refuses a body that its `Content-Length` says is too large, before a byte of it is read.
 *
 * @throws TransportError `payload-too-large`
 */
export function requireLength(headers: IncomingHttpHeaders, maxBytes: number): void {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

/**
 * Reads a body, by its length or in chunks, and never holds more than its bounds.
 *
 * @throws TransportError `payload-too-large`, or `malformed-request` when the connection ends before the body does
 */
export function readBody(
  request: IncomingMessage,
  { maxBytes, keptBytes = maxBytes }: BodyBounds,
): Promise<BoundedBody> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      if (length < keptBytes) chunks.push(chunk.subarray(0, keptBytes - length));
      length += chunk.length;
      if (length > maxBytes) fail(tooLarge(maxBytes));
    };
    const onEnd = () => {
      leave();
      resolve({ bytes: Buffer.concat(chunks), length });
    };
    const onBreak = () => {
      fail(new TransportError('malformed-request', 'The connection ended before the body did.'));
    };
    const leave = () => {
      request.off('data', onData).off('end', onEnd).off('close', onBreak);
    };
    const fail = (error: TransportError) => {
      leave();
      reject(error);
    };
    // An error is always followed by `close`; without a listener it would end the process.
    request.on('error', () => undefined);
    request.on('data', onData).once('end', onEnd).once('close', onBreak);
  });
}

function tooLarge(maxBytes: number): TransportError {
  return new TransportError(
    'payload-too-large',
    `The body may have at most ${maxBytes / 1024} KiB; send less.`,
  );
}

/** Bounds what a sender may go on sending after its answer: Node reads whatever is left of a body, without an end. */
export function boundUnreadBodies(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    dropUnread(request, reply);
    done(null, payload);
  });
}

/**
 * Drops what is left of a body, up to a bound. A connection whose body may go on beyond it is never used again, and its
 * caller learns that from the answer: a next request would be lost in it.
 */
export function dropUnread({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete || !announcesBody(headers)) return;
  const { socket } = raw;
  const isLast =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > DROPPED_BYTES;
  if (isLast) {
    reply.header('connection', 'close');
    // Node destroys the socket right behind such an answer, and would often take the answer from a sender that is still writing.
    socket.destroySoon = () => {
      socket.end();
    };
  } else {
    // Fastify sets it where a body could not be read.
    reply.removeHeader('connection');
  }
  const timer = setTimeout(() => socket.destroy(), DROPPED_MS);
  const stop = () => {
    clearTimeout(timer);
  };
  // A socket that is used again must not gather listeners; one that is not is to end in time, whatever the body does.
  if (isLast) socket.once('close', stop);
  else raw.once('end', stop).once('close', stop);
  let left = DROPPED_BYTES;
  raw.on('error', () => undefined);
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) raw.pause();
  });
  raw.resume();
}
