import { type AppRouter, appRouter, isForPages, problemOf } from '@interview-webhooks/api';
import { fastifyRequestHandler, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { jsonBodies } from './input/json-bodies.ts';
import { requireDepth } from './input/strict-json.ts';
import { refuseOtherMethods } from './other-methods.ts';
import type { ContextOf } from './request-context.ts';
import { logRefusal, noteStreamRefusal } from './request-log.ts';
import { sendTrpcProblem } from './send-problem.ts';

const MAX_BATCH = 20;
const ADDRESS = '/trpc/:path';

/**
 * Serves the router at `/trpc`. By tRPC's handler and not by its plugin, which brings a parser for multipart bodies that
 * has no limit.
 */
export function trpcMount(app: FastifyInstance, contextOf: ContextOf): void {
  const options = trpcOptions(contextOf);
  app.setErrorHandler(sendTrpcProblem);
  // As text: tRPC parses it itself, and would take a value that is a text for the text of one.
  jsonBodies(app, 'text');
  app.route({
    method: ['GET', 'POST'],
    url: ADDRESS,
    // Before the body is read.
    onRequest: async (request, reply) => {
      const names = pathOf(request).split(',');
      if (names.some(isForPages)) contextOf(request, reply, names.length).sessionCookie.requireOwnPage();
    },
    handler: async (request, reply) => {
      checkQueryInput(request);
      if (request.method === 'POST') {
        // Nothing else comes as far as this, and tRPC reads by this very header.
        request.headers['content-type'] = 'application/json';
        request.body ??= '{}';
      }
      // tRPC decodes the path, which Fastify has done.
      const path = encodeURIComponent(pathOf(request));
      await fastifyRequestHandler({ ...options, req: request, res: reply, path });
    },
  });
  refuseOtherMethods(app, ADDRESS, ['GET', 'POST']);
}

function trpcOptions(contextOf: ContextOf): FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] {
  return {
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: ({ req, res, info }) => contextOf(req, res, info.calls.length),
    onError: ({ error, req, path, type }) => {
      const { status, title } = problemOf(error, req.id).problem;
      if (status >= 500) req.log.error({ err: error.cause ?? error }, title);
      if (type === 'subscription') noteStreamRefusal(req, status);
      logRefusal(error.cause ?? error, req, path);
    },
    responseMeta: ({ errors }) => {
      const waits = errors.map((error) => problemOf(error, '').retryAfterSeconds ?? 0);
      const longest = Math.max(0, ...waits);
      return longest > 0 ? { headers: new Headers({ 'retry-after': String(longest) }) } : {};
    },
  };
}

function pathOf({ params }: FastifyRequest): string {
  return (params as { path: string }).path; // as the route says
}

/** The input of a query comes in the address. tRPC parses it, where a procedure takes one. */
function checkQueryInput({ url }: FastifyRequest): void {
  const at = url.indexOf('?');
  const input = at === -1 ? null : new URLSearchParams(url.slice(at)).get('input');
  if (input !== null) requireDepth(input);
}
