import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { idIn } from './id-field.ts';
import { endpointAt, mannerOf } from './manner.ts';

/** What has arrived since the last report: the ids of webhooks, and when. */
export interface Arrivals {
  ids: string[];
  atMs: number[];
}

export type FromReceiver = { port: number } | { arrivals: Arrivals };

const REPORT_EVERY_MS = 20;
const badEvery = Number(process.argv[2] ?? 0);
const idField = process.argv[3];

// Answers everything at once and notes only what is measured, so that it is never what is waited for.
let arrivals: Arrivals = { ids: [], atMs: [] };
const take = (id: string | undefined, atMs: number) => {
  if (id === undefined) return;
  arrivals.ids.push(id);
  arrivals.atMs.push(atMs);
};
const accept = (response: ServerResponse) => response.writeHead(200, { 'content-length': 0 }).end();

const acceptByHeader = (request: IncomingMessage, response: ServerResponse) => {
  request.resume();
  take(String(request.headers['webhook-id']), monotonicMs());
  accept(response);
};
const acceptByBody = async (request: IncomingMessage, response: ServerResponse, field: string) => {
  const body = await text(request);
  const atMs = monotonicMs();
  accept(response);
  take(idIn(body, field), atMs);
};

const server = createServer((request, response) => {
  const manner = badEvery === 0 ? 'well' : mannerOf(endpointAt(request.socket.localAddress ?? ''), badEvery);
  if (manner !== 'well') request.resume();
  if (manner === 'fails') response.writeHead(500, { 'content-length': 0 }).end();
  if (manner !== 'well') return;
  if (idField === undefined) acceptByHeader(request, response);
  else void acceptByBody(request, response, idField);
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
