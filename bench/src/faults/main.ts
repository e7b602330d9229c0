import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { machine, saveResults } from '../report/results.ts';
import { forms } from './forms.ts';
import { kinds } from './kinds.ts';
import { runFaults } from './run-faults.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    /** Kinds, with commas between them. */
    only: { type: 'string' },
  },
});

const wanted = values.only?.split(',') ?? kinds;
const only = kinds.filter((kind) => wanted.includes(kind));
if (only.length < wanted.length) {
  console.error(`--only takes of these, with commas between them: ${kinds.join(', ')}`);
  process.exit(2);
}
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const form = values.short ? 'short' : 'long';
const again = [
  `--seed ${seed}`,
  ...(values.short ? ['--short'] : []),
  ...(values.only ? [`--only ${values.only}`] : []),
];
console.log(`seed ${seed}; again with: npm run faults -- ${again.join(' ')}`);
const where = machine();
const report = await runFaults({ seed, ...forms[form], only });
const { happened, repeats, violations } = report;
const listed = (counts: Record<string, number>) =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
console.log(`
${report.events} events: ${report.acknowledged} acknowledged, ${report.refused} refused, ${report.unknown} given up
happened: ${listed(happened)}; left out on this machine: ${report.leftOut.join(', ') || 'nothing'}
${report.settingsChanges} changes of settings acknowledged; ${report.switchedOn} webhooks switched off by a 410, and on again
${report.unansweredNames} questions for receivers' names were not answered
${report.arrivals} webhooks arrived, failed and repeated ones included
accepted again, by cause: ${listed(repeats)}
${violations.length === 0 ? 'Every promise kept.' : `${violations.length} promises broken:\n${violations.slice(0, 20).join('\n')}`}
`);
console.log(await saveResults('faults', { machine: where, form, ...report }));
if (violations.length > 0) process.exitCode = 1;
