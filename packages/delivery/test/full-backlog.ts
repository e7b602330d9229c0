import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens and then stops for good, so that nothing takes its connections off the queue. */
const listener = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(workerData, 0, 0);
    server.close();
  });
`;

/** A port that neither accepts nor refuses: its queue is full, and the kernel drops what comes. */
export async function fullBacklog(): Promise<AsyncDisposable & { readonly port: number }> {
  const lock = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(listener, { eval: true, workerData: lock });
  const [port] = (await once(worker, 'message')) as [number];
  const queued = [1, 2, 3, 4].map(() => connect(port, '127.0.0.1').on('error', () => undefined));
  // Linux queues one more than the backlog says.
  await Promise.all(queued.slice(0, 2).map((socket) => once(socket, 'connect')));
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of queued) socket.destroy();
      Atomics.store(lock, 0, 1);
      Atomics.notify(lock, 0);
      await worker.terminate();
    },
  };
}
