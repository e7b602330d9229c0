/**
 * Loaded before a program of the system, with `--import` and `CLOCK_OFF_MS`: a machine whose clock is wrong. Every way
 * to ask it for the time is off by as much; how fast it runs is right.
 */
import { performance } from 'node:perf_hooks';

const offMs = Number(process.env['CLOCK_OFF_MS']);
const RightDate = Date;

globalThis.Date = new Proxy(RightDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RightDate.now() + offMs] : args, newTarget),
  apply: () => new RightDate(RightDate.now() + offMs).toString(),
  get: (target, name) => (name === 'now' ? () => RightDate.now() + offMs : Reflect.get(target, name)),
});
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + offMs });
