import { requireMongod } from '@interview-webhooks/testing';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { machine, saveResults } from '../report/results.ts';
import { newestRelease, olderVersion } from './older-version.ts';
import { runUpgrade } from './run-upgrade.ts';

const { values } = parseArgs({
  options: {
    /** As git names commits: a tag, a branch, a hash. */
    from: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
  },
});
/** With these, each version has some hundred events to record alone. */
const EVENTS_PER_SECOND = 40;

const seconds = Number(values.seconds);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const from = values.from ?? (await newestRelease());
const mongod = await requireMongod();
console.log(`building ${from}`);
await using older = await olderVersion(from);
console.log(`from ${older.commit} to this checkout, seed ${seed}`);
const where = machine();
const run = {
  mongod,
  olderDirectory: older.directory,
  seed,
  events: seconds * EVENTS_PER_SECOND,
  forMs: seconds * 1_000,
};
const report = await runUpgrade(run);
const { acknowledged, refused, unknown, arrivals, answers, violations } = report;
const listed = Object.entries(answers).map(([answer, times]) => `${answer} × ${times}`);
console.log(`
${report.migration}
${acknowledged + refused + unknown} events: ${acknowledged} acknowledged, ${refused} refused, ${unknown} given up
${report.settingsChanges} changes of settings acknowledged
answers: ${listed.join(', ')}
${arrivals} webhooks arrived, failed and repeated ones included
${violations.length === 0 ? 'Every promise kept.' : `${violations.length} promises broken:\n${violations.slice(0, 20).join('\n')}`}
`);
console.log(await saveResults('upgrade', { machine: where, from: older.commit, ...report }));
if (violations.length > 0) process.exitCode = 1;
