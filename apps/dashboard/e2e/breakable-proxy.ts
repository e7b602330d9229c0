import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What lies between the browser and the server does this: `forward` what comes; hold it back with the connection open
 * (`silent`, half open); `reset` connections; answer with a page of its own (`bad-gateway`).
 */
type ProxyMode = 'forward' | 'silent' | 'reset' | 'bad-gateway';

export interface BreakableProxy extends AsyncDisposable {
  readonly url: string;
  /** Does that from now on, to connections that are open, too. */
  become: (mode: ProxyMode) => void;
  /** How many connections are open with a stream of events on them. */
  streams: () => number;
}

const page = '<!doctype html><title>502 Bad Gateway</title>';
const badGateway = [
  'HTTP/1.1 502 Bad Gateway',
  'content-type: text/html',
  `content-length: ${page.length}`,
  'connection: close',
  '',
  page,
].join('\r\n');

interface Pair {
  isForwarding: () => boolean;
  /** A stream of events is on it. */
  streams: boolean;
}

/** Connects `browser` to the server, until either ends it. */
function forward(browser: Socket, serverPort: number, pair: Pair): void {
  const server = connect(serverPort, '127.0.0.1');
  browser.on('data', (chunk) => {
    if (!pair.isForwarding()) return;
    pair.streams = / \/trpc\/\w+\.live/.test(chunk.toString('latin1'));
    server.write(chunk);
  });
  server.on('data', (chunk) => {
    if (pair.isForwarding()) browser.write(chunk);
  });
  server.on('error', () => browser.destroy());
  // A connection that is half open does not learn of its end either.
  server.on('close', () => {
    if (pair.isForwarding()) browser.destroy();
  });
  browser.on('close', () => server.destroy());
}

/** A proxy on the loopback before the server at `target`, that can be broken. */
export async function breakableProxy(target: string): Promise<BreakableProxy> {
  const serverPort = Number(new URL(target).port);
  const browsers = new Map<Socket, Pair>();
  let mode: ProxyMode = 'forward';
  const proxy = createServer((browser) => {
    const pair: Pair = { isForwarding: () => mode === 'forward', streams: false };
    browsers.set(browser, pair);
    browser.on('error', () => undefined).on('close', () => browsers.delete(browser));
    if (mode === 'forward') forward(browser, serverPort, pair);
    if (mode === 'silent') browser.resume();
    if (mode === 'reset') browser.resetAndDestroy();
    if (mode === 'bad-gateway') browser.once('data', () => browser.end(badGateway));
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo; // listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    become(next) {
      mode = next;
      if (next !== 'silent') for (const browser of browsers.keys()) browser.resetAndDestroy();
    },
    streams: () => [...browsers.values()].filter(({ streams }) => streams).length,
    [Symbol.asyncDispose]: async () => {
      for (const browser of browsers.keys()) browser.destroy();
      await once(proxy.close(), 'close');
    },
  };
}
