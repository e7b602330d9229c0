import type { FastifyBaseLogger } from 'fastify';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface ServedMetrics {
  /** For example `http://127.0.0.1:9464/metrics`. */
  url: string;
  close(): Promise<void>;
}

export interface MetricsPlace {
  port: number;
  host: string;
  log: FastifyBaseLogger;
}

/**
 * Serves `registry` at `/metrics`, on a port of its own. What is said there is nobody's business outside: the public port
 * is reached through proxies that pass on every path, and this one is not. Workers have no other port.
 */
export async function serveMetrics(
  registry: Registry,
  { port, host, log }: MetricsPlace,
): Promise<ServedMetrics> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => {
        log.error({ err: error }, 'metrics could not be collected');
        response.writeHead(500).end();
      },
    );
  });
  await once(server.listen(port, host), 'listening');
  const { address, family, port: taken } = server.address() as AddressInfo; // listens on a port, not on a pipe
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/metrics`;
  log.info({ url }, 'metrics');
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
