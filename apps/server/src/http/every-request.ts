import type { FastifyInstance } from 'fastify';
import type { HttpObserver } from '../metrics/http-metrics.ts';
import { requireOneHost } from './one-host.ts';
import { logRequest } from './request-log.ts';
import type { SecureHeaders } from './security-headers.ts';

/** One line a request, and the headers every answer has. */
export function everyRequest(
  app: FastifyInstance,
  { secureHeaders, observe }: { secureHeaders: SecureHeaders; observe: HttpObserver | undefined },
): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', (request, reply, done) => {
    secureHeaders(request, reply);
    reply.header('x-request-id', request.id);
    requireOneHost(request, reply);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply);
    // How long somebody watches says nothing of how fast anything is.
    if (observe && reply.getHeader('content-type') !== 'text/event-stream') {
      observe({
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
      });
    }
    done();
  });
}
