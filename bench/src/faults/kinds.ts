/** What may happen to the system. Receivers fail all the time, and settings change all the time. */
export const kinds = [
  'kill-server',
  'kill-worker',
  'kill-database',
  /** The server kills itself between two steps of an event's way; `milestones.ts` in `packages/delivery` says what they are. */
  'dies-recorded',
  'dies-attempted',
  'dies-stored',
  'dies-leased',
  /** SIGSTOP for longer than its lease, then SIGCONT. */
  'stop-worker',
  /** The worker goes on with a clock that is a minute off. */
  'wrong-clock',
  'network-late',
  'network-trickle',
  'network-half-open',
  'network-reset',
  /** The name server that knows the receivers' names answers nobody. */
  'silent-dns',
  /** Of the database. Left out where no small disk can be mounted. */
  'disk-full',
] as const;

/** What may happen to a replica set of three, and to the way to it. */
export const replicaSetKinds = [
  /** SIGKILL; the member comes back. */
  'primary-killed',
  /** SIGSTOP, then SIGCONT. */
  'primary-frozen',
  'primary-steps-down',
  /** SIGSTOP of both: the primary has no majority, and steps down. */
  'secondaries-frozen',
  /** What the system and the primary send each other is lost; the members hear each other. */
  'primary-cut-off',
  /** Each member stopped and started again, the primary last. */
  'rolling-restart',
  /** The primary, the server and the worker killed at the same moment. */
  'all-killed',
] as const;
export type ReplicaSetKind = (typeof replicaSetKinds)[number];
export type SystemKind = (typeof kinds)[number];
export type Kind = SystemKind | ReplicaSetKind;

/** For each kind one value. */
export function forEachKind<Value>(value: (kind: Kind) => Value): Record<Kind, Value> {
  // Its keys are all kinds.
  return Object.fromEntries([...kinds, ...replicaSetKinds].map((kind) => [kind, value(kind)])) as Record<
    Kind,
    Value
  >;
}
