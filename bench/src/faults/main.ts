import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { machine, saveResults } from '../report/results.ts';
import { forms } from './forms.ts';
import { runFaults } from './run-faults.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});

const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const form = values.short ? 'short' : 'long';
console.log(`seed ${seed}; again with: npm run faults -- --seed ${seed}${values.short ? ' --short' : ''}`);
const where = machine();
const report = await runFaults({ seed, ...forms[form] });
const { kills, repeats, violations } = report;
console.log(`
${report.events} events: ${report.acknowledged} acknowledged, ${report.refused} refused, ${report.unknown} given up
killed with SIGKILL: server ${kills.server}, worker ${kills.worker}, database ${kills.database}
${report.arrivals} webhooks arrived, failed and repeated ones included
accepted again: ${repeats.outage} after something died, ${repeats.leaseRanOut} after a lease ran out, ${repeats.unexplained} for no reason
${violations.length === 0 ? 'Every promise kept.' : `${violations.length} promises broken:\n${violations.slice(0, 20).join('\n')}`}
`);
console.log(await saveResults('faults', { machine: where, form, ...report }));
if (violations.length > 0) process.exitCode = 1;
