import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { endpointAt, mannerOf } from './manner.ts';

/** What has arrived since the last report: the ids of webhooks, and when. */
export interface Arrivals {
  ids: string[];
  atMs: number[];
}

export type FromReceiver = { port: number } | { arrivals: Arrivals };

const REPORT_EVERY_MS = 20;
const badEvery = Number(process.argv[2] ?? 0);

// Answers everything at once and notes only what is measured, so that it is never what is waited for.
let arrivals: Arrivals = { ids: [], atMs: [] };
const server = createServer((request, response) => {
  const manner = badEvery === 0 ? 'well' : mannerOf(endpointAt(request.socket.localAddress ?? ''), badEvery);
  request.resume();
  if (manner === 'hangs') return;
  if (manner === 'fails') {
    response.writeHead(500, { 'content-length': 0 }).end();
    return;
  }
  arrivals.ids.push(String(request.headers['webhook-id']));
  arrivals.atMs.push(monotonicMs());
  response.writeHead(200, { 'content-length': 0 }).end();
});
server.keepAliveTimeout = 60_000;

const tell = (message: FromReceiver) => process.send?.(message);
// Every address of the loopback: as many origins as there are addresses.
await once(server.listen({ port: 0, host: '0.0.0.0', backlog: 4_096 }), 'listening');
tell({ port: (server.address() as AddressInfo).port }); // listens on a port, not on a pipe
setInterval(() => {
  if (arrivals.ids.length === 0) return;
  tell({ arrivals });
  arrivals = { ids: [], atMs: [] };
}, REPORT_EVERY_MS);
process.on('disconnect', () => process.exit());
