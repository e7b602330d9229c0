import { OperationDeadlineError } from '@interview-webhooks/domain';

/**
 * How long a call may take, in milliseconds from the beginning of its request: a database that hangs holds no caller for
 * longer. What sends something to a receiver, or goes through a whole workspace, has bounds of its own.
 */
export const CALL_DEADLINE_MS = 5_000;

/**
 * Does `work`, but does not wait for it after `answerByMs`: it goes on, and whether it is done is for the caller's repetition to
 * find out, as after a connection that broke.
 *
 * @param answerByMs as `performance.now()` counts
 * @throws OperationDeadlineError
 */
export function byDeadline<Result>(answerByMs: number, work: () => Promise<Result>): Promise<Result> {
  // Every call comes through here, and Promise.race would keep a reaction on both of its sides.
  return new Promise((resolve, reject) => {
    const working = work();
    const onDeadline = () => {
      reject(new OperationDeadlineError(`a call was not over after ${CALL_DEADLINE_MS} ms`));
    };
    const timer = setTimeout(onDeadline, Math.max(0, answerByMs - performance.now()));
    const clear = () => {
      clearTimeout(timer);
    };
    working.then(clear, clear);
    working.then(resolve, reject);
  });
}
