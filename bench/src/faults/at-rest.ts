import { type Database, openDatabase } from '@interview-webhooks/database';
import { DATABASE_NAME } from './fault-database.ts';

/** What is stored, past every proxy. */
export interface AtRest extends AsyncDisposable {
  /** What is left to do, in words; nothing once the system has come to rest. */
  leftOver(): Promise<string[]>;
  /** What is wrong with the settings' history, in words. */
  historyFaults(acknowledged: ReadonlySet<string>): Promise<string[]>;
}

export async function atRest(uri: string): Promise<AtRest> {
  const database = openDatabase(uri, { name: DATABASE_NAME });
  await database.connect();
  return {
    leftOver: () => leftOver(database),
    historyFaults: (acknowledged) => historyFaults(database, acknowledged),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

async function leftOver({ responses, deliveries, redeliveries }: Database): Promise<string[]> {
  const outboxes = await responses.countDocuments({ outbox: { $exists: true } });
  const queued = await deliveries.find({ dueAt: { $exists: true } }).lean();
  const leased = await deliveries.countDocuments({ lease: { $exists: true }, dueAt: { $exists: false } });
  const running = await redeliveries.countDocuments({ state: 'running' });
  return [
    ...(outboxes > 0 ? [`${outboxes} outboxes are not empty`] : []),
    ...queued.map(({ _id, state, dueAt }) => `${_id} is ${state}, due ${dueAt?.toISOString() ?? 'never'}`),
    ...(running > 0 ? [`${running} redeliveries have not ended`] : []),
    ...(leased > 0 ? [`${leased} leases have no end`] : []),
  ];
}

async function historyFaults(
  { webhookSettings }: Database,
  acknowledged: ReadonlySet<string>,
): Promise<string[]> {
  const revisions = await webhookSettings.find().sort({ workspaceId: 1, revision: 1 }).lean();
  const faults = revisions.flatMap(({ revision }, at) =>
    revision === at + 1 ? [] : [`settings: revision ${revision} comes after ${at}`],
  );
  const stored = new Set(
    revisions.flatMap(({ settings: { auth } }) => ('username' in auth ? [auth.username] : [])),
  );
  const lost = [...acknowledged].filter((username) => !stored.has(username));
  return [
    ...faults,
    ...lost.map((username) => `settings: ${username}'s change was acknowledged and is lost`),
  ];
}
