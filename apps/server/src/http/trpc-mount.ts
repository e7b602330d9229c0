import { type AppRouter, appRouter, isForPages, problemOf } from '@interview-webhooks/api';
import { fastifyRequestHandler, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type JsonBody, jsonBodies } from './input/json-bodies.ts';
import { requireDepth } from './input/strict-json.ts';
import { refuseOtherMethods } from './other-methods.ts';
import type { ContextOf } from './request-context.ts';
import { noteStreamRefusal } from './request-log.ts';
import { sendTrpcProblem } from './send-problem.ts';
import { answersTo, MAX_BATCH, noteFailure, pathOf, plainCalls } from './trpc-calls.ts';

const ADDRESS = '/trpc/:path';

/**
 * Serves the router at `/trpc`. Queries and mutations are read and answered here, as REST's are, because tRPC's handler makes a
 * `Request`, a `Response` and two abort signals of each. It sees to the rest: subscriptions, streams, and what is not in order.
 *
 * By tRPC's handler and not by its plugin, which brings a parser for multipart bodies that has no limit.
 */
export function trpcMount(app: FastifyInstance, contextOf: ContextOf): void {
  const options = trpcOptions(contextOf);
  app.setErrorHandler(sendTrpcProblem);
  jsonBodies(app, (body) => body);
  app.route({
    method: ['GET', 'POST'],
    url: ADDRESS,
    // Before the body is read.
    onRequest: async (request, reply) => {
      const names = pathOf(request).split(',');
      if (names.some(isForPages)) contextOf(request, reply, names.length).sessionCookie.requireOwnPage();
    },
    handler: async (request, reply) => {
      const calls = plainCalls(request);
      if (calls) return answersTo(calls, { request, reply, contextOf });
      checkQueryInput(request);
      if (request.method === 'POST') {
        // Nothing else comes as far as this, and tRPC reads by this very header.
        request.headers['content-type'] = 'application/json';
        // As text: tRPC parses it itself, and would take a value that is a text for the text of one.
        request.body = (request.body as JsonBody | undefined)?.text ?? '{}'; // as the parser of bodies makes it
      }
      // tRPC decodes the path, which Fastify has done.
      const path = encodeURIComponent(pathOf(request));
      await fastifyRequestHandler({ ...options, req: request, res: reply, path });
      return reply;
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
      const { problem } = noteFailure(error, req, path);
      if (type === 'subscription') noteStreamRefusal(req, problem.status);
    },
    responseMeta: ({ errors }) => {
      const waits = errors.map((error) => problemOf(error, '').retryAfterSeconds ?? 0);
      const longest = Math.max(0, ...waits);
      return longest > 0 ? { headers: new Headers({ 'retry-after': String(longest) }) } : {};
    },
  };
}

/** As tRPC reads it. */
function checkQueryInput({ url }: FastifyRequest): void {
  const at = url.indexOf('?');
  const input = at === -1 ? null : new URLSearchParams(url.slice(at)).get('input');
  if (input !== null) requireDepth(input);
}
