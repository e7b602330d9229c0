import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  /** When, by `performance.now()`. */
  readonly atMs: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the receiver answers; a number is a status. */
export type ReceiverAnswer = number | { status: number; headers?: Record<string, string> } | 'never';

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** What to answer from now on. */
  answer: ReceiverAnswer;
  /** Resolves when `isSo`, which is asked whenever something has arrived. */
  until(isSo: () => boolean): Promise<void>;
}

/**
 * A real HTTP server on the loopback that notes what it gets.
 *
 * @param first its answers in turn, before it gives `answer`
 */
export async function receiver(...first: ReceiverAnswer[]): Promise<Receiver> {
  const received: Received[] = [];
  const arrivals = new EventEmitter();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ atMs: performance.now(), path: request.url ?? '', headers: request.headers, body });
      const answer = first.shift() ?? self.answer;
      if (answer !== 'never') {
        const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer;
        response.writeHead(status, headers).end('noted');
      }
      arrivals.emit('arrived');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  const self: Receiver = {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: 200,
    until: async (isSo) => {
      while (!isSo()) await once(arrivals, 'arrived');
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  return self;
}
