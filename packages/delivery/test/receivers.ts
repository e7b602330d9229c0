import type { Certificate } from '@interview-webhooks/testing';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

const ANYWHERE = { host: '127.0.0.1', port: 0 };

/** A real server on the loopback address. */
export interface Receiver extends AsyncDisposable {
  readonly port: number;
  /** Its URL by address: http, or https where it has a certificate. */
  readonly url: string;
  /** Every connection it ever accepted. */
  readonly connections: readonly Socket[];
}

/** A receiver that speaks HTTP, on any port of 127.0.0.1 unless told. */
export function httpReceiver(answer: RequestListener, at = ANYWHERE): Promise<Receiver> {
  return listening(createHttpServer(answer), 'http', at);
}

/** Answers as soon as the request has been read. */
export const answering =
  (status: number, headers: Record<string, string | string[]> = {}, body = ''): RequestListener =>
  (request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  };

/** Answers with a body that does not end. */
export const answeringEndlessly =
  (status: number): RequestListener =>
  (_request, response) => {
    response.writeHead(status);
    const more = () => {
      while (response.write('x'.repeat(4096)));
      response.once('drain', more);
    };
    more();
  };

/** A receiver that speaks HTTP over TLS. */
export function httpsReceiver(certificate: Certificate, answer: RequestListener): Promise<Receiver> {
  return listening(createHttpsServer(certificate, answer), 'https');
}

/** A receiver that does as it likes with each connection. */
export function tcpReceiver(onConnection: (socket: Socket) => void): Promise<Receiver> {
  return listening(
    createTcpServer((socket) => {
      // Being cut off is what these receivers are for.
      socket.on('error', () => undefined);
      onConnection(socket);
      // Unread bytes would keep it from seeing the other side's end.
      socket.resume();
    }),
    'http',
  );
}

/** A receiver that says `text` as soon as a request arrives, and then does `next`. */
export function rawReceiver(text: string, next: (socket: Socket) => void = () => undefined) {
  return tcpReceiver((socket) => {
    socket.once('data', () =>
      socket.write(text, () => {
        next(socket);
      }),
    );
  });
}

/** A port of the loopback address that nothing listens on. */
export async function closedPort(): Promise<number> {
  const receiver = await tcpReceiver(() => undefined);
  await receiver[Symbol.asyncDispose]();
  return receiver.port;
}

/** Writes `text` to `socket` again and again until it is closed. */
export function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 10);
  socket.on('close', () => {
    clearInterval(timer);
  });
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Resolves when the receiver has seen the end of `socket`. */
export async function ended(socket: Socket | undefined): Promise<void> {
  // Not `once` of node:events: how it ends, with an error or without, does not matter.
  if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

async function listening(server: Server, scheme: 'http' | 'https', at = ANYWHERE): Promise<Receiver> {
  const connections: Socket[] = [];
  server.on('connection', (socket: Socket) => connections.push(socket));
  server.listen(at);
  await once(server, 'listening');
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://${at.host}:${port}/hook`,
    connections,
    async [Symbol.asyncDispose]() {
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
