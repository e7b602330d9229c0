import { authorize, callProcedure, scopeOf } from '@interview-webhooks/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { jsonBodies } from './input/json-bodies.ts';
import { refuseOtherMethods } from './other-methods.ts';
import type { ContextOf } from './request-context.ts';
import { type RestRoute, restRoutes } from './rest-routes.ts';

const prefixes = ['', '/api/v2'];

/** Serves the table of REST routes: each row calls its procedure, nothing else happens here. */
export function restAdapter(app: FastifyInstance, contextOf: ContextOf): void {
  jsonBodies(app, ({ value }) => value);
  for (const prefix of prefixes) {
    for (const row of restRoutes) addRoute(app, { prefix, row, contextOf });
    for (const path of new Set(restRoutes.map((row) => row.path))) {
      const allowed = restRoutes.filter((row) => row.path === path).map((row) => row.method);
      refuseOtherMethods(app, prefix + path, allowed);
    }
  }
}

function addRoute(
  app: FastifyInstance,
  { prefix, row, contextOf }: { prefix: string; row: RestRoute; contextOf: ContextOf },
): void {
  const scope = scopeOf(row.procedure);
  const namesResponse = row.path.includes('/:response_id');
  app.route({
    method: row.method,
    url: prefix + row.path,
    // Before the body is read: who may not call this does not get to send us one.
    onRequest: async (request, reply) => {
      if (!scope) return;
      const context = contextOf(request, reply);
      // The response that a path names is read beside the key.
      if (namesResponse) context.expectResponse((request.params as { response_id: string }).response_id); // it is in the path
      await authorize(context, scope);
    },
    handler: async (request, reply) => {
      const answer = await callProcedure(row.procedure, contextOf(request, reply), inputOf(request));
      reply.code(row.status ?? 200);
      return answer;
    },
  });
}

/** What the procedure gets: the body (or the query where there is none) with the path's parameters over it. */
function inputOf({ method, body, query, params }: FastifyRequest): unknown {
  const given = method === 'GET' ? query : (body ?? {});
  const isObject = typeof given === 'object' && !Array.isArray(given);
  // Anything but an object goes on as it is: the schema says what is wrong with it.
  return isObject ? { ...given, ...(params as object) } : given; // Fastify's params are an object always
}
