import type { Connection } from './connection.ts';

/** Idle connections, kept for the next webhook to the same origin. */
export interface ConnectionPool {
  /** The connection to `origin` that was used last, or null. The caller has it for itself until it gives it back. */
  readonly take: (origin: string) => Connection | null;
  /** Gives a connection back, or in, after an exchange. */
  readonly keep: (connection: Connection) => void;
  /** Lets go of a connection that has ended. */
  readonly forget: (connection: Connection) => void;
  /** Ends the kept connections and, from here on, those that are given back. */
  readonly close: () => Promise<void>;
}

export interface ConnectionPoolOptions {
  /** Beyond it the connection that is idle longest is ended. Bounds sockets and memory however many origins there are. */
  readonly maxKept: number;
  readonly maxKeptPerOrigin: number;
  /** A busy connection must not outlive the address it was opened to: beyond this age it is not kept, so that DNS is asked again. */
  readonly maxAgeMs: number;
}

export function createConnectionPool(options: ConnectionPoolOptions): ConnectionPool {
  /** In the order they became idle. */
  const idle = new Set<Connection>();
  const byOrigin = new Map<string, Connection[]>();
  let closed = false;

  const forget = (connection: Connection) => {
    if (!idle.delete(connection)) return;
    const kept = byOrigin.get(connection.origin) ?? [];
    kept.splice(kept.indexOf(connection), 1);
    if (kept.length === 0) byOrigin.delete(connection.origin);
  };
  const end = (connection: Connection) => {
    forget(connection);
    return connection.destroy();
  };

  return {
    take(origin) {
      for (;;) {
        const connection = byOrigin.get(origin)?.at(-1);
        if (!connection) return null;
        forget(connection);
        if (connection.isOpen()) return connection;
      }
    },
    keep(connection) {
      if (!connection.isOpen()) return;
      const kept = byOrigin.get(connection.origin) ?? [];
      const tooOld = performance.now() - connection.openedAt > options.maxAgeMs;
      if (closed || tooOld || kept.length >= options.maxKeptPerOrigin) {
        void end(connection);
        return;
      }
      if (kept.push(connection) === 1) byOrigin.set(connection.origin, kept);
      idle.add(connection);
      const [longestIdle] = idle;
      if (idle.size > options.maxKept && longestIdle) void end(longestIdle);
    },
    forget,
    async close() {
      closed = true;
      await Promise.all([...idle].map(end));
    },
  };
}
