import { p50AndP99 } from '../delivery/latencies.ts';
import { table } from '../report/table.ts';
import type { ServerFigures } from './measure-server.ts';

/** One line for each server that was measured. */
export function serversTable(found: readonly { name: string; figures: ServerFigures }[]): string {
  const rates = found[0]?.figures.atRates.map(({ perSecond }) => perSecond) ?? [];
  const columns = [
    'server',
    'acknowledged/s',
    'delivered/s',
    'steady/s',
    'CPU ms each',
    ...rates.flatMap((rate) => [`ack ms at ${rate}/s`, `receipt ms at ${rate}/s`]),
    'not acknowledged',
    'not received',
    'repeats',
  ];
  const rows = found.map(({ name, figures }) => [
    name,
    figures.acknowledgedPerSecond.toFixed(0),
    figures.deliveredPerSecond.toFixed(0),
    figures.steadyPerSecond.toFixed(0),
    figures.cpuMsEach?.toFixed(2),
    ...figures.atRates.flatMap(({ latencies: { callToAck, callToReceipt } }) => [
      p50AndP99(callToAck),
      p50AndP99(callToReceipt),
    ]),
    Object.values(figures.failures).reduce((sum, count) => sum + count, 0),
    figures.missing,
    figures.repeats,
  ]);
  return table(columns, rows);
}
