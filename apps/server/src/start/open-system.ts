import {
  createDeliveryEngine,
  createSender,
  defaultOptions,
  type DeliveryEngine,
  readQueue,
} from '@interview-webhooks/delivery';
import {
  createAddressLookup,
  createTargetGuard,
  createVault,
  loopbackNetworks,
  type Services,
} from '@interview-webhooks/domain';
import { plainWords } from '@interview-webhooks/schema';
import type { FastifyBaseLogger } from 'fastify';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Env } from '../env.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';
import { serveMetrics, type ServedMetrics } from '../metrics/serve-metrics.ts';
import { startTracing } from '../tracing/start-tracing.ts';
import { databaseFor } from './database-for.ts';
import { localKeyring } from './local-keyring.ts';

/** Everything but HTTP: what use cases need, and the engine that delivers. */
export interface System {
  services: Services;
  engine: DeliveryEngine;
  /** Undefined unless `METRICS_PORT` is set: then nothing is measured. */
  metrics: (Metrics & Pick<ServedMetrics, 'url'>) | undefined;
  /** Whether spans are sent anywhere. */
  isTraced: boolean;
  /** Lets the attempts in flight end, for some seconds, and closes the database. */
  close: () => Promise<void>;
}

const DAY_MS = 86_400_000;
/** With the engine's own grace, less than a supervisor waits. */
const SENDER_GRACE_MS = 500;

/** @param publicUrl where callers reach the system; asked for when a link is made */
export async function openSystem(env: Env, log: FastifyBaseLogger, publicUrl: () => string): Promise<System> {
  z.config({ customError: plainWords });
  const dataDir = resolve(env.DATA_DIR);
  const localMode = env.MONGODB_URI === undefined;
  const keyring = env.SECRET_KEYS ?? (await localKeyring(dataDir));
  const tracing = await startTracing(env, log);
  const metrics = env.METRICS_PORT === undefined ? undefined : createMetrics();
  const { database, close: closeDatabase } = await databaseFor(env.MONGODB_URI, {
    dataDir,
    log,
    ...(metrics && { onCommand: metrics.onCommand }),
  });
  // A receiver on the developer's own machine is the first one anybody tries.
  const allowedNetworks = [...env.WEBHOOK_ALLOWED_NETWORKS, ...(localMode ? loopbackNetworks : [])];
  // One for both: what the guard asks for is not asked again for the attempt that follows.
  const lookup = createAddressLookup({ servers: env.WEBHOOK_DNS_SERVERS });
  const deadlineMs = env.WEBHOOK_TIMEOUT_SECONDS * 1000;
  const sender = createSender({ allowedNetworks, lookup, deadlineMs });
  const outside = {
    database,
    vault: createVault(keyring),
    targetGuard: createTargetGuard({ allowedNetworks, lookup }),
    now: () => database.clock.now(),
    localMode,
    publicUrl,
    sender,
  };
  const engine = createDeliveryEngine({
    ...defaultOptions,
    services: outside,
    log,
    schedule: env.WEBHOOK_RETRY_SCHEDULE,
    turnWaitMs: Math.min(deadlineMs, defaultOptions.turnWaitMs),
    leaseMs: env.WEBHOOK_LEASE_SECONDS * 1000,
    retentionMs: env.RETENTION_DAYS * DAY_MS,
    ...(metrics && { observer: metrics.delivery }),
  });
  const served = metrics && (await serve(metrics, { env, log, engine, services: outside }));
  return {
    services: { ...outside, sender: engine.sender, events: engine.events },
    engine,
    metrics: metrics && served && { ...metrics, url: served.url },
    isTraced: tracing !== undefined,
    close: async () => {
      await engine.stop();
      // An attempt that the engine gave up may still hold its connection.
      await Promise.race([sender.close(), pause(SENDER_GRACE_MS)]);
      await Promise.all([served?.close(), tracing?.stop()]);
      await closeDatabase();
    },
  };
}

interface Serving {
  env: Env;
  log: FastifyBaseLogger;
  engine: DeliveryEngine;
  services: Pick<Services, 'database' | 'now'>;
}

function serve(metrics: Metrics, { env, log, engine, services }: Serving): Promise<ServedMetrics> {
  metrics.watch({ readQueue: () => readQueue(services), held: () => engine.held() });
  return serveMetrics(metrics.registry, { port: env.METRICS_PORT ?? 0, host: env.METRICS_HOST, log });
}
