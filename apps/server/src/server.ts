import {
  bootstrapWorkspace,
  carryOutAll,
  createInboxes,
  DEMO_INBOX,
  seedDemo,
} from '@interview-webhooks/domain';
import type { FastifyBaseLogger } from 'fastify';
import { createApp } from './app.ts';
import type { Env } from './env.ts';
import { connectDatabase } from './start/connect-database.ts';
import { dashboardDirectory } from './start/dashboard-directory.ts';
import { openSystem } from './start/open-system.ts';
import { renewSearch } from './start/renew-search.ts';

export interface RunningServer {
  /** Where it listens, for example `http://127.0.0.1:3000`. */
  address: string;
  /** Where it serves its metrics, if it does. */
  metricsUrl: string | undefined;
  /** Settles when the database is connected and the first workspace exists; gives the owner key if it was made now. */
  ready: Promise<{ newApiKey: string | undefined; isDemo: boolean }>;
  /** Finishes the requests and the attempts in flight, then closes the database. */
  close(): Promise<void>;
}

/** Starts everything: the embedded database in local mode, the HTTP server, the connection, the delivery of events. */
export async function startServer(env: Env, log: FastifyBaseLogger): Promise<RunningServer> {
  let address = '';
  const givenUrl = env.PUBLIC_URL?.replace(/(?<!\/)\/+$/, '');
  const publicUrl = () => givenUrl ?? address;
  const { services, engine, metrics, isTraced, close } = await openSystem(env, log, publicUrl);
  const inboxes = createInboxes(() => reachable(address));
  let isReady = false;
  const directory = await dashboardDirectory();
  const app = await createApp({
    services,
    inboxes,
    log,
    limits: {
      callsPerMinute: env.RATE_LIMIT_PER_MINUTE,
      workspaceCallsPerMinute: env.WORKSPACE_RATE_LIMIT_PER_MINUTE ?? 2 * env.RATE_LIMIT_PER_MINUTE,
    },
    trustedProxies: env.TRUSTED_PROXIES,
    isReady: () => isReady,
    isTraced,
    ...(metrics && { observe: metrics.http }),
    ...(directory !== undefined && { dashboardDirectory: directory }),
  });
  address = await app.listen({ port: env.PORT, host: env.HOST });

  const stopping = new AbortController();
  const prepare = async () => {
    await connectDatabase(services.database, log, stopping.signal);
    await carryOutAll(services);
    const made = await bootstrapWorkspace(services, env.BOOTSTRAP_API_KEY);
    engine.start();
    isReady = true;
    void renewSearch(services, log, stopping.signal);
    // For somebody who tries it for the first time; who sets a key or a database knows what is to be in it.
    const isDemo = made !== undefined && services.localMode && env.BOOTSTRAP_API_KEY === undefined;
    if (isDemo) {
      await seedDemo(services, { workspaceId: made.workspaceId, url: inboxes.url(DEMO_INBOX) });
    }
    return { newApiKey: made?.apiKey, isDemo };
  };
  return {
    address,
    metricsUrl: metrics?.url,
    ready: prepare(),
    close: async () => {
      stopping.abort();
      await app.close();
      await close();
    },
  };
}

/** Where this machine reaches a server that listens on all of its addresses. */
function reachable(address: string): string {
  return address.replace(/^http:\/\/(0\.0\.0\.0|\[::\])(?=:)/, 'http://127.0.0.1');
}
