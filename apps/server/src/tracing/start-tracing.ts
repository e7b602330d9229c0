import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import type { Env } from '../env.ts';

export interface Tracing {
  /** Sends what is left, for a moment. */
  stop(): Promise<void>;
}

const SERVICE_NAME = 'interview-webhooks';
const STOP_WITHIN_MS = 1_000;

/**
 * Sends spans to where OpenTelemetry's own variables say, and does nothing unless one of them does. The SDK is loaded only
 * then; it reads the other variables (headers, sampler, batches, resource) by itself.
 */
export async function startTracing(env: Env, log: FastifyBaseLogger): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = env;
  const endpoint = traces ?? all;
  if (env.OTEL_SDK_DISABLED || endpoint === undefined) return undefined;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  // Otherwise nobody would ever hear that what is traced does not arrive.
  const warn = (message: string) => {
    log.warn({ cause: message }, 'traces');
  };
  const ignore = () => undefined;
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': SERVICE_NAME }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  // An address may hold a password.
  log.info({ endpoint: new URL(endpoint).origin }, 'traces are sent');
  return {
    stop: async () => {
      const sent = provider.shutdown().catch((error: unknown) => {
        log.warn({ err: error }, 'the last traces were not sent');
      });
      await Promise.race([sent, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}
