import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromReceiver } from './receiver-process.ts';

/** A receiver in a process of its own. */
export interface LoadReceiver extends Disposable {
  readonly port: number;
  /** When each webhook arrived first, by its id. */
  readonly arrivedAtMs: ReadonlyMap<string, number>;
  /** Webhooks that came again. */
  readonly repeats: () => number;
  /** Resolves when so many different webhooks have arrived. @throws Error when nothing new comes for 30 s */
  until(count: number): Promise<void>;
  /** Forgets what has arrived. */
  clear(): void;
}

const PATIENCE_MS = 30_000;

/** @param badEvery of so many endpoints one hangs and one fails, see `manner.ts`; 0 for none */
export async function loadReceiver(badEvery = 0): Promise<LoadReceiver> {
  const child = fork(fileURLToPath(new URL('receiver-process.ts', import.meta.url)), [String(badEvery)]);
  const arrivedAtMs = new Map<string, number>();
  const news = new EventEmitter();
  let repeats = 0;
  child.on('message', (message: FromReceiver) => {
    if ('port' in message) {
      news.emit('port', message.port);
      return;
    }
    const { ids, atMs } = message.arrivals;
    for (const [index, id] of ids.entries()) {
      if (arrivedAtMs.has(id)) repeats++;
      else arrivedAtMs.set(id, atMs[index] ?? NaN);
    }
    news.emit('arrivals');
  });
  const [port] = (await once(news, 'port')) as [number]; // what it is emitted with above
  return {
    port,
    arrivedAtMs,
    repeats: () => repeats,
    until: async (count) => {
      while (arrivedAtMs.size < count) {
        await once(news, 'arrivals', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((cause: unknown) => {
          throw new Error(`${arrivedAtMs.size} of ${count} webhooks arrived`, { cause });
        });
      }
    },
    clear: () => {
      arrivedAtMs.clear();
      repeats = 0;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}
