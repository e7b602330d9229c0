import { type AppRouter, appRouter, problemOf } from '@interview-webhooks/api';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import type { ContextOf } from './request-context.ts';
import { logRefusal, noteStreamRefusal } from './request-log.ts';

const MAX_BATCH = 20;

/** Mounts the router at `/trpc`. In a scope of its own: the plugin replaces the JSON parser. */
export async function trpcMount(app: FastifyInstance, contextOf: ContextOf): Promise<void> {
  await app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      createContext: ({ req, res, info }) => contextOf(req, res, info.calls.length),
      onError: ({ error, req, path, type }) => {
        const { status } = problemOf(error, req.id).problem;
        if (status >= 500) req.log.error({ err: error.cause ?? error }, error.message);
        if (type === 'subscription') noteStreamRefusal(req, status);
        logRefusal(error.cause ?? error, req, path);
      },
      responseMeta: ({ errors }) => {
        const waits = errors.map((error) => problemOf(error, '').retryAfterSeconds ?? 0);
        const longest = Math.max(0, ...waits);
        return longest > 0 ? { headers: new Headers({ 'retry-after': String(longest) }) } : {};
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
}
