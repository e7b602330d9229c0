import { startPeerProcess } from '../delivery/peers/peer.ts';
import type { DatabaseKind } from '../system/bench-database.ts';
import { startStack } from '../system/stack.ts';
import type { WebhookServer } from './adapter.ts';

/** A server of this repository, with a new database. */
export interface Started extends WebhookServer, AsyncDisposable {
  /** Of the server and of its database. */
  readonly pids: readonly number[];
}

export async function startOurs(databaseKind: DatabaseKind): Promise<Started> {
  const stack = await startStack({ workers: 1, databaseKind });
  const { url, apiKey: key, pid } = stack.server;
  return {
    url,
    key,
    pids: [pid, ...stack.databasePids],
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

export async function startBound(databaseKind: DatabaseKind): Promise<Started> {
  // Its receiver is named by the call that sets it up.
  const peer = await startPeerProcess('bound', { receiverPort: 0, databaseKind });
  return {
    url: peer.url,
    key: '',
    pids: [...peer.pids, ...peer.storePids],
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}
