import { nameServer } from '@interview-webhooks/testing';
import type { DatabaseKind } from '../system/bench-database.ts';
import { cpuTimeMs } from '../system/cpu-time.ts';
import { startStack } from '../system/stack.ts';
import { statementsOf } from '../system/statements.ts';
import type { Costs } from './meter.ts';
import { isPeer, type PeerKind, startPeer } from './peers/peer.ts';
import type { LoadReceiver } from './receiver.ts';
import { type Reads, reads, type Recorder, recorder, type RecorderKind } from './recorders.ts';
import { seed } from './seed.ts';

/** What a case is measured with. */
export interface CaseOptions {
  workers: number;
  endpoints: number;
  /** Our API, or something else in our place. */
  by: RecorderKind | PeerKind;
  /** Of so many endpoints the DNS of one is silent; none unless given. */
  silentEvery?: number;
  /** Events a second, where so many are offered whatever becomes of them. */
  offeredPerSecond: number;
}

/** What is measured: something that takes starts and sends their webhooks to a receiver. */
export interface Subject extends AsyncDisposable {
  readonly starts: Recorder;
  /** Of responses that nobody has started. */
  readonly ids: readonly string[];
  /** Calls that read; a peer has none. */
  readonly reads?: Pick<Reads, 'settings' | 'health'>;
  /** What it has used so far, in all. */
  costs(): Promise<Costs>;
}

export interface SubjectOptions {
  receiver: LoadReceiver;
  /** How many starts there will be at most. */
  responses: number;
  profileTo?: string | undefined;
  /** Where its data is kept, unless that is not MongoDB; the embedded engine unless given. */
  databaseKind?: DatabaseKind | undefined;
}

export function openSubject(options: CaseOptions, to: SubjectOptions): Promise<Subject> {
  const { by } = options;
  return isPeer(by) ? peer(by, to) : ours(by, options, to);
}

async function ours(
  by: RecorderKind,
  { workers, endpoints, silentEvery = 0 }: CaseOptions,
  { receiver, responses, profileTo, databaseKind }: SubjectOptions,
): Promise<Subject> {
  const names = await nameServer({});
  names.isSilent = true;
  const env = { WEBHOOK_DNS_SERVERS: names.servers.join() };
  const stack = await startStack({ workers, profileTo, env, databaseKind });
  const ids = await seed(stack, { endpoints, responses, port: receiver.port, silentEvery });
  const starts = recorder(by, stack.server);
  const { settings, health, ...reading } = reads(stack.server);
  return {
    starts,
    ids,
    reads: { settings, health },
    costs: async () => ({
      statements: await statementsOf(stack.database),
      serverMs: await cpuTimeMs(stack.server.pid),
      databaseMs: await cpuTimeMs(...stack.databasePids),
    }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([starts[Symbol.asyncDispose](), reading[Symbol.asyncDispose]()]);
      await stack[Symbol.asyncDispose]();
      await names[Symbol.asyncDispose]();
    },
  };
}

async function peer(
  kind: PeerKind,
  { receiver, responses, databaseKind = 'embedded' }: SubjectOptions,
): Promise<Subject> {
  const starts = await startPeer(kind, { receiverPort: receiver.port, responses, databaseKind });
  return {
    starts,
    ids: starts.ids,
    costs: async () => ({
      serverMs: await cpuTimeMs(...starts.pids),
      databaseMs: await cpuTimeMs(...starts.storePids),
    }),
    [Symbol.asyncDispose]: () => starts[Symbol.asyncDispose](),
  };
}
