/**
 * Measures the documented route and the tRPC mutation beside a bare Fastify route on the same database, each in turn within
 * one run, and each on one kind of database after the other.
 *
 *     npm run bench:settings [-- --seconds 5] [--databases embedded,mongod,replica-set] [--connections 1,16,64]
 */
import { parseArgs } from 'node:util';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { type DatabaseKind, parseDatabases } from '../system/bench-database.ts';
import { type Figures, load } from './load.ts';
import { type Case, type SettingsSubject, settingsSubject } from './subject.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    databases: { type: 'string', default: 'embedded' },
    connections: { type: 'string', default: '1,16,64' },
  },
});
const seconds = Number(values.seconds);
const WARM_UP_SECONDS = 2;

interface Found extends Figures {
  name: string;
  database: DatabaseKind;
  connections: number;
  share: number | undefined;
  serverCpuMs: number | undefined;
  databaseCpuMs: number | undefined;
}

async function measure(
  subject: SettingsSubject,
  { name, beside, ...of }: Case,
  connections: number,
): Promise<Found> {
  const { database } = subject;
  const before = await subject.cpuMs();
  const figures = await load({ ...of, connections, seconds });
  const after = await subject.cpuMs();
  const other = found.find(
    (one) => one.name === beside && one.connections === connections && one.database === database,
  );
  const each = (from?: number, to?: number) =>
    from === undefined || to === undefined ? undefined : (to - from) / figures.requests;
  return {
    name,
    database,
    connections,
    ...figures,
    share: other && figures.perSecond / other.perSecond,
    serverCpuMs: each(before.server, after.server),
    databaseCpuMs: each(before.database, after.database),
  };
}

const where = machine();
const found: Found[] = [];
const subjects: SettingsSubject[] = [];
try {
  for (const kind of parseDatabases(values.databases)) subjects.push(await settingsSubject(kind));
  for (const { cases } of subjects)
    for (const one of cases) await load({ ...one, connections: 16, seconds: WARM_UP_SECONDS });
  for (const connections of values.connections.split(',').map(Number)) {
    for (const at of subjects[0]?.cases.keys() ?? []) {
      // In turn within a case: the machine's mood is the same for all of them.
      for (const subject of subjects) {
        const one = subject.cases[at];
        if (!one) continue;
        process.stderr.write(`${one.name}, ${connections}, ${subject.database} …\n`);
        found.push(await measure(subject, one, connections));
      }
    }
  }
} finally {
  await Promise.all(subjects.map((subject) => subject[Symbol.asyncDispose]()));
}

const columns = [
  'request',
  'connections',
  'database',
  'per second',
  'p50 ms',
  'p99 ms',
  'of the bare one',
  'server CPU ms',
  'database CPU ms',
];
const rows = found.map((one) => [
  one.name,
  one.connections,
  one.database,
  one.perSecond.toFixed(0),
  one.p50Ms.toFixed(1),
  one.p99Ms.toFixed(1),
  one.share && `${(100 * one.share).toFixed(0)} %`,
  one.serverCpuMs?.toFixed(3),
  one.databaseCpuMs?.toFixed(3),
]);
console.log(
  `${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}, ${seconds} s each\n`,
);
console.log(table(columns, rows));
console.log(`\n${await saveResults('settings', { machine: where, seconds, found })}`);
