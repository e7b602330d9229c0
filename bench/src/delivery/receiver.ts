import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { firstMessage } from '../system/first-message.ts';
import type { FromReceiver } from './receiver-process.ts';

export interface ReceiverOptions {
  /** Of so many endpoints one hangs and one fails, see `manner.ts`; none unless given. */
  badEvery?: number;
  /** Where a webhook's body has its id, see `id-field.ts`; the header `webhook-id` has it unless given. */
  idField?: string;
}

/** A receiver in a process of its own. */
export interface LoadReceiver extends Disposable {
  readonly port: number;
  /** When each webhook arrived first, by its id. */
  readonly arrivedAtMs: ReadonlyMap<string, number>;
  /** Webhooks that came again. */
  readonly repeats: () => number;
  /** Resolves when so many different webhooks have arrived. @throws Error when nothing new comes for 30 s */
  until(count: number): Promise<void>;
}

const PATIENCE_MS = 30_000;

export async function loadReceiver({ badEvery = 0, idField }: ReceiverOptions = {}): Promise<LoadReceiver> {
  const program = fileURLToPath(new URL('receiver-process.ts', import.meta.url));
  const child = fork(program, [String(badEvery), ...(idField === undefined ? [] : [idField])]);
  const arrivedAtMs = new Map<string, number>();
  const news = new EventEmitter();
  let repeats = 0;
  const { port } = (await firstMessage(child)) as FromReceiver & { port: number }; // it says this first
  child.on('message', (message: FromReceiver) => {
    if ('port' in message) return;
    const { ids, atMs } = message.arrivals;
    for (const [index, id] of ids.entries()) {
      if (arrivedAtMs.has(id)) repeats++;
      else arrivedAtMs.set(id, atMs[index] ?? NaN);
    }
    news.emit('arrivals');
  });
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
    [Symbol.dispose]: () => void child.kill(),
  };
}
