import { type Database, openDatabase } from '@interview-webhooks/database';
import { DATABASE_NAME } from './fault-database.ts';

/** What is stored, past every proxy. */
export interface AtRest extends AsyncDisposable {
  /** What is left to do, in words; nothing once the system has come to rest. */
  leftOver(): Promise<string[]>;
  /** What is wrong with the settings' history, in words. */
  historyFaults(acknowledged: ReadonlySet<string>): Promise<string[]>;
  /** What the counters of redeliveries say that is not so, in words. */
  counterFaults(): Promise<string[]>;
}

export async function atRest(uri: string): Promise<AtRest> {
  const database = openDatabase(uri, { name: DATABASE_NAME });
  await database.connect();
  return {
    leftOver: () => leftOver(database),
    historyFaults: (acknowledged) => historyFaults(database, acknowledged),
    counterFaults: () => counterFaults(database),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

async function leftOver({ responses, deliveries, redeliveries }: Database): Promise<string[]> {
  const outboxes = await responses.countDocuments({
    $or: [{ 'outboxEntries.until': { $exists: true } }, { outbox: { $exists: true } }],
  });
  const queued = await deliveries.find({ dueAt: { $exists: true } }).lean();
  const leased = await deliveries.countDocuments({ lease: { $exists: true }, dueAt: { $exists: false } });
  const running = await redeliveries.countDocuments({ state: 'running' });
  const unsettled = await redeliveries.countDocuments({ isSettled: { $ne: true } });
  return [
    ...(outboxes > 0 ? [`${outboxes} outboxes are not empty`] : []),
    ...queued.map(({ _id, state, dueAt }) => `${_id} is ${state}, due ${dueAt?.toISOString() ?? 'never'}`),
    ...(running > 0 ? [`${running} redeliveries have not ended`] : []),
    ...(unsettled > 0 ? [`the counters of ${unsettled} redeliveries are not final`] : []),
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

const ends = ['delivered', 'failed', 'cancelled'] as const;

/** Deliveries may have gone on to another redelivery since, so there may be fewer than are counted, never more. */
async function counterFaults({ deliveries, redeliveries }: Database): Promise<string[]> {
  const faults: string[] = [];
  for (const { _id, queued, counts = {} } of await redeliveries.find().lean()) {
    const name = `redelivery ${_id.toHexString()}`;
    const counted = ends.reduce((sum, end) => sum + (counts[end] ?? 0), 0);
    if (counted > queued) faults.push(`${name}: ${counted} ended of ${queued} that it took up`);
    for (const state of ends) {
      const stored = await deliveries.countDocuments({ 'redelivery.id': _id, state });
      if (stored > (counts[state] ?? 0))
        faults.push(`${name}: ${stored} are ${state}, ${counts[state]} counted`);
    }
  }
  return faults;
}
