import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What the way to the database does to what passes. */
type Weather =
  | 'fair'
  /** Everything comes late. */
  | 'late'
  /** Everything comes in small pieces. */
  | 'trickle'
  /** Connections stay, and nothing comes any more. */
  | 'half-open';

/** The way from the system's processes to the database. */
export interface DatabaseProxy extends AsyncDisposable {
  readonly port: number;
  /** From now on. What lost bytes while it was `half-open` is reset when that is over, as a real peer would. */
  weather(next: Weather): void;
  /** Resets every connection. */
  reset(): void;
}

const LATE_MS = 150;
const PIECE_BYTES = 512;
const PIECE_MS = 2;

interface Pair {
  readonly client: Socket;
  readonly engine: Socket;
  hasLost: boolean;
}

/** @param target where the engine is; nothing may be there for a while */
export async function databaseProxy(target: NetConnectOpts): Promise<DatabaseProxy> {
  const pairs = new Set<Pair>();
  let weather: Weather = 'fair';

  const end = (pair: Pair) => {
    pairs.delete(pair);
    pair.engine.destroy();
    if (!pair.client.destroyed) pair.client.resetAndDestroy();
  };
  const pass = async (pair: Pair, from: Socket, to: Socket) => {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (weather === 'half-open') pair.hasLost = true;
      if (pair.hasLost) continue;
      if (weather === 'late') await pause(LATE_MS);
      const size = weather === 'trickle' ? PIECE_BYTES : chunk.length;
      for (let at = 0; at < chunk.length; at += size) {
        if (at > 0) await pause(PIECE_MS);
        if (!to.write(chunk.subarray(at, at + size))) await once(to, 'drain');
      }
    }
  };
  const server = createServer((client) => {
    const pair: Pair = { client, engine: connect(target), hasLost: false };
    pairs.add(pair);
    for (const [from, to] of [
      [pair.client, pair.engine],
      [pair.engine, pair.client],
    ] as const) {
      // One side's end or error is the other side's end.
      from.on('close', () => {
        end(pair);
      });
      from.on('error', () => undefined);
      pass(pair, from, to).catch(() => {
        end(pair);
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  return {
    port,
    weather: (next) => {
      weather = next;
      for (const pair of pairs) if (next !== 'half-open' && pair.hasLost) end(pair);
    },
    reset: () => {
      for (const pair of pairs) end(pair);
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server.close(), 'close');
      for (const pair of pairs) end(pair);
      await closed;
    },
  };
}
