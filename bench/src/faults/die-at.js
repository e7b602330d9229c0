/**
 * Loaded before a program of the system, with `--import` and `DIE_AT`: it is killed when it reaches a milestone of an event's
 * way for the nth time, for example `DIE_AT=stored:5`.
 */
import { subscribe } from 'node:diagnostics_channel';

const [milestone, times] = (process.env['DIE_AT'] ?? '').split(':');
let left = Number(times);

subscribe('interview-webhooks:milestones', (reached) => {
  if (reached !== milestone || --left > 0) return;
  process.kill(process.pid, 'SIGKILL');
});
