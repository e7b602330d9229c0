import { Histogram, type Registry } from 'prom-client';

interface ObservedRequest {
  method: string;
  /** The pattern, not the address; undefined where no route answers. */
  route: string | undefined;
  status: number;
  durationMs: number;
}

export type HttpObserver = (request: ObservedRequest) => void;

export function httpMetrics(registry: Registry): HttpObserver {
  const duration = new Histogram({
    name: 'interview_webhooks_http_request_duration_seconds',
    help: 'Time until a request was answered, by the route’s pattern. Event streams are not in it.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return ({ method, route, status, durationMs }) => {
    // The built dashboard has a route for each file, and other files with each version.
    const pattern = route?.startsWith('/assets/') ? '/assets/*' : (route ?? 'none');
    duration.observe({ method, route: pattern, status }, durationMs / 1000);
  };
}
