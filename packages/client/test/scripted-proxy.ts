import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What becomes of a request instead of its way to the server and back. */
type Fate =
  | 'never'
  /** It arrives and is done; the connection ends before the answer is through. */
  | 'lose-answer'
  | { status: number; body: string; headers: Record<string, string> };

export interface Proxied extends AsyncDisposable {
  readonly url: string;
  readonly requests: { path: string; headers: IncomingHttpHeaders }[];
  /** Fates of the next requests, in turn; after them everything goes through. */
  readonly script: Fate[];
  /** Resolves when `isSo`, which is asked whenever a request has come. */
  until(isSo: () => boolean): Promise<void>;
}

/** A proxy before a real server, for what goes wrong between the two. */
export async function scriptedProxy(target: string): Promise<Proxied> {
  const requests: Proxied['requests'] = [];
  const script: Fate[] = [];
  const arrivals = new EventEmitter();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers });
    arrivals.emit('arrived');
    const fate = script.shift();
    if (fate === 'never') return;
    if (typeof fate === 'object') return void response.writeHead(fate.status, fate.headers).end(fate.body);
    void forward(target, request).then(({ status, headers, body }) => {
      if (fate === 'lose-answer') response.destroy();
      else response.writeHead(status, headers).end(body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    script,
    until: async (isSo) => {
      while (!isSo()) await once(arrivals, 'arrived');
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

async function forward(target: string, request: IncomingMessage) {
  const { method = 'GET', url = '', headers } = request;
  const body = await buffer(request);
  const answer = await fetch(target + url, {
    method,
    headers: Object.fromEntries(
      ['apikey', 'idempotency-key', 'content-type'].flatMap((name) => {
        const value = headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    ),
    ...(body.length > 0 && { body }),
  });
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, headers: { 'content-type': type }, body: await answer.text() };
}
