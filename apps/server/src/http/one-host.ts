import { TransportError } from '@interview-webhooks/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { timesGiven } from './times-given.ts';

/** A host and a port as RFC 3986, section 3.2 has them, without the comma that would make a list. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~%!$&'()*+;=-]*)(?::\d*)?$/i;

/**
 * Refuses a request whose `Host` two servers could read differently (RFC 9112, section 3.2): a proxy in front may go by one
 * of them, and this server by the other. Ends the connection, like all that is not to be read to its end.
 *
 * @throws TransportError `malformed-request`
 */
export function requireOneHost({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  const given = timesGiven(raw, 'host');
  if (given <= 1 && HOST.test(headers.host ?? '')) return;
  void reply.header('connection', 'close');
  throw new TransportError(
    'malformed-request',
    given > 1
      ? `The request has ${given} Host headers; send exactly one.`
      : 'The header Host is not a host with an optional port.',
  );
}
