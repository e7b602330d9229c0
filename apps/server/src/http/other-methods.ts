import { TransportError } from '@interview-webhooks/api';
import type { FastifyInstance, HTTPMethods } from 'fastify';

const methods: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Answers every method but `allowed` at `url` with 405, and with those that are possible. */
export function refuseOtherMethods(app: FastifyInstance, url: string, allowed: readonly string[]): void {
  const allow = (allowed.includes('GET') ? ['HEAD', ...allowed] : allowed).join(', ');
  app.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url,
    onRequest: async (request, reply) => {
      reply.header('allow', allow);
      throw new TransportError('method-not-allowed', `${request.method} is not possible here; use ${allow}.`);
    },
    handler: () => undefined,
  });
}
