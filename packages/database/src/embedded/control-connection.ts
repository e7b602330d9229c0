import { connect } from 'node:net';

/** A host greets at once; one that is stopped or stuck must not make a starter wait for ever. */
const GREETING_MS = 5_000;
/** Nobody listens, or whoever did is on its way out: no error, there is just no host yet. */
const NOBODY = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

interface HostGreeting {
  /** The driver's address of the database. */
  readonly uri: string;
  readonly pid: number;
}

/** As long as it is open, the host keeps the database open. */
export interface ControlConnection {
  readonly greeting: HostGreeting;
  /** Resolves when the host has ended the connection: after {@link leave}, or because it died. */
  readonly closed: Promise<void>;
  /** Says that this process has finished with the database, and keeps it alive until `closed`. */
  leave(): void;
}

/** @returns the connection, or `undefined` where no host answers on `path` */
export async function connectControl(path: string): Promise<ControlConnection | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let received = '';
    let failure: NodeJS.ErrnoException | undefined;
    const closed = new Promise<void>((done) => {
      socket.once('close', () => {
        done();
      });
    });

    socket.setEncoding('utf8');
    socket.setTimeout(GREETING_MS, () => {
      socket.destroy(new Error(`The database's process does not answer on ${path}`));
    });
    socket.on('data', (chunk: string) => {
      received += chunk;
      const end = received.indexOf('\n');
      if (end === -1) return;
      socket.setTimeout(0);
      // A process that has nothing else left to do ends, with or without a polite close.
      socket.unref();
      const leave = () => {
        socket.ref();
        socket.end();
      };
      const greeting = parseGreeting(received.slice(0, end));
      if (greeting === undefined) socket.destroy(new Error(`What listens on ${path} is no database host`));
      else resolve({ greeting, closed, leave });
    });
    socket.on('error', (error) => {
      failure = error;
    });
    // After the greeting this settles nothing any more, and `closed` says it.
    socket.once('close', () => {
      if (failure === undefined || NOBODY.has(failure.code ?? '')) resolve(undefined);
      else reject(failure);
    });
  });
}

function parseGreeting(line: string): HostGreeting | undefined {
  const { uri, pid } = JSON.parse(line) as Partial<Record<string, unknown>>;
  return typeof uri === 'string' && typeof pid === 'number' ? { uri, pid } : undefined;
}
