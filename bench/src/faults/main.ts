import { requireMongod } from '@interview-webhooks/testing';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { forms, replicaSetForms } from './forms.ts';
import { kinds, type ReplicaSetKind, replicaSetKinds, type SystemKind } from './kinds.ts';
import { runFaults } from './run-faults.ts';
import { runReplicaSet } from './run-replica-set.ts';
import type { Verdict } from './verdict.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    /** On a replica set of three, to whose members things happen. */
    'replica-set': { type: 'boolean', default: false },
    /** Kinds, with commas between them. */
    only: { type: 'string' },
  },
});

const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const form = values.short ? 'short' : 'long';
const isOnReplicaSet = values['replica-set'];
const again = [
  `--seed ${seed}`,
  ...(isOnReplicaSet ? ['--replica-set'] : []),
  ...(values.short ? ['--short'] : []),
  ...(values.only ? [`--only ${values.only}`] : []),
];
const where = machine();
console.log(`seed ${seed}; again with: npm run faults -- ${again.join(' ')}`);
const violations = await (isOnReplicaSet
  ? replicaSetFaults(onlyOf(replicaSetKinds))
  : systemFaults(onlyOf(kinds)));
if (violations.length > 0) process.exitCode = 1;

/** What `--only` names; everything unless given. */
function onlyOf<Name extends string>(all: readonly Name[]): Name[] {
  const wanted: readonly string[] = values.only?.split(',') ?? all;
  const only = all.filter((kind) => wanted.includes(kind));
  if (only.length === wanted.length) return only;
  console.error(`--only takes of these, with commas between them: ${all.join(', ')}`);
  process.exit(2);
}

async function systemFaults(only: SystemKind[]): Promise<string[]> {
  const report = await runFaults({ seed, ...forms[form], only });
  console.log(`
${recorded(report)}
happened: ${listed(report.happened)}; left out on this machine: ${report.leftOut.join(', ') || 'nothing'}
${report.settingsChanges} changes of settings acknowledged; ${report.switchedOn} webhooks switched off by a 410, and on again
${report.unansweredNames} questions for receivers' names were not answered
${outcome(report)}
`);
  console.log(await saveResults('faults', { machine: where, form, ...report }));
  return report.violations;
}

async function replicaSetFaults(only: ReplicaSetKind[]): Promise<string[]> {
  const { electionTimeoutMs, frozenMs, quiesceMs } = replicaSetForms[form];
  console.log(
    `a primary that is silent for ${electionTimeoutMs} ms is replaced; members are frozen for ${frozenMs} ms, cut off for half of it, and take ${quiesceMs} ms to stop`,
  );
  const mongod = await requireMongod();
  const report = await runReplicaSet({ mongod, seed, form: replicaSetForms[form], only });
  const seconds = (ms: number | undefined) => (ms === undefined ? 'no new one' : (ms / 1_000).toFixed(1));
  const rows = report.gaps.map(({ kind, longestMs, afterPrimaryMs }) => [
    kind,
    seconds(longestMs),
    seconds(afterPrimaryMs),
  ]);
  console.log(`
${table(['fault', 'longest without an acknowledgement, s', 'after a new primary, s'], rows)}

${recorded(report)}
${report.settingsChanges} changes of settings acknowledged
answers: ${listed(report.statuses)}; the longest took ${seconds(report.longestCallMs)} s
memory, most: ${Object.entries(report.memoryMb)
    .map(([program, mb]) => `${program} ${Math.round(mb)} MB`)
    .join(', ')}
${outcome(report)}
`);
  console.log(await saveResults('faults-replica-set', { machine: where, form, seed, ...report }));
  return report.violations;
}

function recorded({ events, acknowledged, refused, unknown }: Verdict & { events: number }): string {
  return `${events} events: ${acknowledged} acknowledged, ${refused} refused, ${unknown} given up`;
}

function outcome({ arrivals, repeats, violations }: Verdict): string {
  const broken = `${violations.length} promises broken:\n${violations.slice(0, 20).join('\n')}`;
  return `${arrivals} webhooks arrived, failed and repeated ones included
accepted again, by cause: ${listed(repeats)}
${violations.length === 0 ? 'Every promise kept.' : broken}`;
}

function listed(counts: Record<string, number>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
}
