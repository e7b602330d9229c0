import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What lies between the browser and the server does this: `forward` what comes; hold it back with the connection open
 * (`silent`, half open); `reset` connections; answer with a page of its own (`bad-gateway`).
 */
export type ProxyMode = 'forward' | 'silent' | 'reset' | 'bad-gateway';

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

/** A proxy on the loopback before the server at `target`, that can be broken. */
export async function breakableProxy(target: string): Promise<BreakableProxy> {
  const { port: serverPort } = new URL(target);
  const pairs = new Map<Socket, { server: Socket; streams: boolean }>();
  let mode: ProxyMode = 'forward';
  const forward = (browser: Socket) => {
    const server = connect(Number(serverPort), '127.0.0.1');
    const pair = { server, streams: false };
    pairs.set(browser, pair);
    browser.on('data', (chunk) => {
      if (mode !== 'forward') return;
      pair.streams = / \/trpc\/\w+\.live/.test(chunk.toString('latin1'));
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (mode === 'forward') browser.write(chunk);
    });
    // A connection that is half open does not learn of its end either.
    server.on('error', () => browser.destroy()).on('close', () => mode === 'forward' && browser.destroy());
    browser.on('close', () => server.destroy());
  };
  const meet = (browser: Socket) => {
    switch (mode) {
      case 'forward':
        forward(browser);
        return;
      case 'silent':
        browser.resume();
        return;
      case 'reset':
        browser.resetAndDestroy();
        return;
      case 'bad-gateway':
        browser.once('data', () => browser.end(badGateway));
    }
  };
  const all = new Set<Socket>();
  const proxy = createServer((browser) => {
    all.add(browser);
    browser
      .on('error', () => undefined)
      .on('close', () => {
        all.delete(browser);
        pairs.delete(browser);
      });
    meet(browser);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo; // listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    become(next) {
      mode = next;
      if (next !== 'silent') for (const browser of all) browser.resetAndDestroy();
    },
    streams: () => [...pairs.values()].filter(({ streams }) => streams).length,
    [Symbol.asyncDispose]: async () => {
      for (const browser of all) browser.destroy();
      await once(proxy.close(), 'close');
    },
  };
}
