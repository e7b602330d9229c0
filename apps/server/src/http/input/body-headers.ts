import { TransportError } from '@interview-webhooks/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MIMEType } from 'node:util';
import { timesGiven } from '../times-given.ts';
import { announcesBody, requireLength } from './bounded-body.ts';

/** The most bytes that a body may have, whatever it is and however it is sent. */
export const MAX_BODY_BYTES = 64 * 1024;

const utf8 = /^utf-?8$/i;
const SHOWN_LENGTH = 100;

/**
 * Decides by its headers whether a body is read: JSON in UTF-8 without a content coding, of at most
 * {@link MAX_BODY_BYTES}. A type is looked at even where no body comes with it.
 *
 * @throws TransportError `unsupported-media-type` (RFC 9110, section 15.5.16), `payload-too-large`
 */
export function checkBodyHeaders({ method, headers, raw }: FastifyRequest, reply: FastifyReply): void {
  const hasBody = announcesBody(headers);
  const reads = method !== 'GET' && method !== 'HEAD';
  if (!hasBody && (!reads || headers['content-type'] === undefined)) return;
  const fault =
    timesGiven(raw, 'content-type') > 1
      ? 'There are several content-type headers; send content-type: application/json.'
      : typeFault(headers['content-type']);
  if (fault !== undefined) {
    reply.header('accept', 'application/json');
    throw new TransportError('unsupported-media-type', fault);
  }
  const coding = headers['content-encoding'] ?? 'identity';
  if (hasBody && coding.toLowerCase() !== 'identity') {
    reply.header('accept-encoding', 'identity');
    throw new TransportError(
      'unsupported-media-type',
      `The content-encoding ${shown(coding)} is not supported; send the body without a content-encoding.`,
    );
  }
  requireLength(headers, MAX_BODY_BYTES);
}

function typeFault(value: string | undefined): string | undefined {
  // As nearly everybody writes it, and nothing to parse.
  if (value === 'application/json') return undefined;
  if (value === undefined) return 'The body has no content-type; send content-type: application/json.';
  const type = parsed(value);
  if (type?.essence !== 'application/json') {
    return `The content-type ${shown(type?.essence ?? value)} is not supported; send the body as application/json.`;
  }
  const charset = type.params.get('charset') ?? 'utf-8';
  return utf8.test(charset)
    ? undefined
    : `The charset ${shown(charset)} is not supported; send the body as UTF-8.`;
}

function parsed(value: string): MIMEType | undefined {
  try {
    return new MIMEType(value);
  } catch {
    return undefined;
  }
}

function shown(value: string): string {
  return `"${value.slice(0, SHOWN_LENGTH)}"`;
}
