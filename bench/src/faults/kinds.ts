/** What may happen to the system. Receivers fail all the time, and settings change all the time. */
export const kinds = [
  'kill-server',
  'kill-worker',
  'kill-database',
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
export type Kind = (typeof kinds)[number];

/** For each kind one value. */
export function forEachKind<Value>(value: (kind: Kind) => Value): Record<Kind, Value> {
  // Its keys are all kinds.
  return Object.fromEntries(kinds.map((kind) => [kind, value(kind)])) as Record<Kind, Value>;
}
