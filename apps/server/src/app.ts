import fastifyCookie from '@fastify/cookie';
import { createLimits, type LimitOptions, TransportError } from '@interview-webhooks/api';
import type { Inboxes, Services } from '@interview-webhooks/domain';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { randomUUID } from 'node:crypto';
import { dashboard } from './http/dashboard.ts';
import { health } from './http/health.ts';
import { openApi } from './http/openapi/serve.ts';
import { createSecureHeaders } from './http/security-headers.ts';
import { sendProblem } from './http/send-problem.ts';
import { requestContexts } from './http/request-context.ts';
import { everyRequest } from './http/every-request.ts';
import { MAX_BODY_BYTES } from './http/input/body-headers.ts';
import { boundUnreadBodies, dropUnread } from './http/input/bounded-body.ts';
import { localInbox } from './http/local-inbox.ts';
import { restAdapter } from './http/rest-adapter.ts';
import { traceRequests } from './http/trace-requests.ts';
import { trpcMount } from './http/trpc-mount.ts';
import type { HttpObserver } from './metrics/http-metrics.ts';
import { wantsPage } from './http/wants-page.ts';

export interface AppOptions {
  services: Services;
  /** Where local mode's inboxes are kept. */
  inboxes: Inboxes;
  log: FastifyBaseLogger;
  /** Calls a minute of each API key, and of all of a workspace's. */
  limits: LimitOptions;
  /** Networks of proxies whose `X-Forwarded-*` headers are believed. */
  trustedProxies: string[];
  /** The built dashboard; without it only the API is served. */
  dashboardDirectory?: string;
  /** Whether requests are spans of traces. */
  isTraced: boolean;
  /** Told of every request that was answered. */
  observe?: HttpObserver;
  /** Whether start-up is complete. */
  isReady: () => boolean;
}

/** How long a caller may take to send a request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP server, ready to listen. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { services, inboxes, log, trustedProxies } = options;
  const { dashboardDirectory, isTraced, observe, isReady } = options;
  const secureHeaders = createSecureHeaders(services.publicUrl);
  const app = fastify({
    loggerInstance: log,
    // One line a request instead of Fastify's two: see every-request.ts. The id is called as in the answer's problem.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Errors before any route is found, such as a path that does not decode.
    frameworkErrors: (error, request, reply) => {
      secureHeaders(request, reply);
      // No hook runs for these.
      dropUnread(request, reply);
      void sendProblem(error, request, reply);
    },
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    // Idle connections end at once when the server stops; those with a request in flight finish it.
    forceCloseConnections: 'idle',
    // What still comes in over a connection that is open is answered as ever, and the connection ended.
    return503OnClosing: false,
    // A batch of calls has all their names in the path.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
  });
  const stopping = new AbortController();
  // Before requests in flight are waited for: a subscription would never end by itself.
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });
  const limits = createLimits(options.limits);
  const contextOf = requestContexts(app, { services, limits, inboxes, stopping: stopping.signal });

  // What reads bodies says so itself; Fastify would take JSON and plain text everywhere.
  app.removeAllContentTypeParsers();
  boundUnreadBodies(app);
  // First: a scope takes on the handlers that are there when it is made.
  app.setErrorHandler(sendProblem);
  if (isTraced) traceRequests(app);
  everyRequest(app, { secureHeaders, observe });
  health(app, { database: services.database, isReady });
  await app.register(fastifyCookie);
  // Each in a scope of its own: they read bodies, everything else does not.
  await app.register((scope, _options, done) => {
    trpcMount(scope, contextOf);
    done();
  });
  await app.register((scope, _options, done) => {
    restAdapter(scope, contextOf);
    done();
  });
  if (services.localMode) {
    await app.register((scope, _options, done) => {
      localInbox(scope, { services, inboxes, stopping: stopping.signal });
      done();
    });
  }
  await app.register(openApi);
  const sendPage = dashboardDirectory === undefined ? undefined : await dashboard(app, dashboardDirectory);

  app.setNotFoundHandler((request, reply) => {
    // Any address that is nobody else's is a page of the dashboard, for a browser that asks for a page.
    if (sendPage && wantsPage(request)) return sendPage(reply);
    return sendProblem(new TransportError('not-found', 'There is nothing at this address.'), request, reply);
  });
  return app;
}
