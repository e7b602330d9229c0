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
  /** Whether the weather is for it; undefined until its first message says whose it is. */
  isConcerned: boolean | undefined;
  hasLost: boolean;
}

/**
 * @param target where the engine is; nothing may be there for a while
 * @param only the weather is for connections whose first message has this text; for all of them unless given
 */
export async function databaseProxy(target: NetConnectOpts, only?: string): Promise<DatabaseProxy> {
  const pairs = new Set<Pair>();
  let weather: Weather = 'fair';

  const end = (pair: Pair) => {
    pairs.delete(pair);
    pair.engine.destroy();
    if (!pair.client.destroyed) pair.client.resetAndDestroy();
  };
  const pass = async (pair: Pair, from: Socket, to: Socket) => {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      pair.isConcerned ??= only === undefined || chunk.includes(only);
      if (weather === 'half-open' && pair.isConcerned) pair.hasLost = true;
      if (pair.hasLost) continue;
      const isFair = weather === 'fair' || !pair.isConcerned;
      if (weather === 'late' && !isFair) await pause(LATE_MS);
      const size = weather === 'trickle' && !isFair ? PIECE_BYTES : chunk.length;
      for (let at = 0; at < chunk.length; at += size) {
        if (at > 0) await pause(PIECE_MS);
        if (!to.write(chunk.subarray(at, at + size))) await once(to, 'drain');
      }
    }
  };
  const server = createServer((client) => {
    const pair: Pair = { client, engine: connect(target), isConcerned: undefined, hasLost: false };
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
