import type { Received } from '@interview-webhooks/testing';
import { z } from 'zod';

/** What OTLP sends as JSON, as far as it matters here: https://github.com/open-telemetry/opentelemetry-proto */
const AnyValue = z.object({ stringValue: z.string().optional(), intValue: z.number().optional() });
const Attributes = z
  .array(z.object({ key: z.string(), value: AnyValue }))
  .transform((entries) =>
    Object.fromEntries(
      entries.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? intValue] as const),
    ),
  );
const ExportedTraces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              status: z.object({ code: z.number().optional() }),
              attributes: Attributes,
            }),
          ),
        }),
      ),
    }),
  ),
});

/** The spans that a collector has received so far, in the order they ended, each with its service. */
export function spansIn(received: readonly Received[]) {
  return received
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => ExportedTraces.parse(JSON.parse(body)).resourceSpans)
    .flatMap(({ resource, scopeSpans }) =>
      scopeSpans
        .flatMap(({ spans }) => spans)
        .map((span) => ({ ...span, service: resource.attributes['service.name'] })),
    );
}
