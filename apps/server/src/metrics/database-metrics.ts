import type { EndedCommand } from '@interview-webhooks/database';
import { Histogram, type Registry } from 'prom-client';

export function databaseMetrics(registry: Registry): (command: EndedCommand) => void {
  const duration = new Histogram({
    name: 'interview_webhooks_database_command_duration_seconds',
    help: 'Time until the database answered a command, by its name and whether it succeeded. Not the change stream’s, which waits.',
    labelNames: ['command', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  return ({ name, durationMs, ok }) => {
    duration.observe({ command: name, outcome: ok ? 'ok' : 'failed' }, durationMs / 1000);
  };
}
