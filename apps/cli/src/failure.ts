import type { Problem } from '@interview-webhooks/client';
import type { Terminal } from './terminal/terminal.ts';

/** What a command ends with. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  /** Wrong usage, or an environment that cannot be used. */
  unusable: 2,
  /** Ended with Ctrl-C before its end, as shells have it: 128 and the signal's number. */
  interrupted: 130,
} as const;

/** The command cannot be done as it was given. The message says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command could not be done. The message is written for whoever gave it. */
class CommandError extends Error {
  override readonly name = 'CommandError';
}

interface Failure {
  code: string;
  detail: string;
  requestId?: string;
  errors?: Problem['errors'];
}

/**
 * Says on stderr why a command failed: for people, or as JSON with what the API answered.
 *
 * @returns the exit code
 */
export async function reportFailure(error: unknown, terminal: Terminal): Promise<number> {
  if (error instanceof UsageError) {
    tell({ code: 'usage', detail: error.message }, terminal);
    if (!terminal.json) terminal.note('--help shows what there is.');
    return exitCodes.unusable;
  }
  if (error instanceof Error && error.name === 'EnvError') {
    tell({ code: 'environment', detail: error.message }, terminal);
    return exitCodes.unusable;
  }
  tell(await describe(error), terminal);
  return exitCodes.failed;
}

function tell(failure: Failure, terminal: Terminal): void {
  if (terminal.json) {
    terminal.note(JSON.stringify(failure, null, 2));
    return;
  }
  const { detail, errors = [], requestId } = failure;
  const lines = [
    `${terminal.paint('red', 'error')} ${detail}`,
    ...errors.map(({ path, message }) => `  ${terminal.paint('bold', path)} ${message}`),
    ...(requestId ? [terminal.paint('dim', `  request ${requestId}`)] : []),
  ];
  terminal.note(lines.join('\n'));
}

async function describe(error: unknown): Promise<Failure> {
  if (error instanceof CommandError) return { code: 'failed', detail: error.message };
  // By its name: its class is the server's, which most commands do without.
  if (error instanceof Error && error.name === 'DatabaseUnusableError') {
    return { code: 'database', detail: error.message };
  }
  // Loaded by now, if it was the API that refused.
  const { isApiError, problemOf, UnexpectedAnswerError } = await import('@interview-webhooks/client');
  const problem = problemOf(error);
  if (problem) return { ...problem, detail: withAdvice(problem) };
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof UnexpectedAnswerError) {
    return { code: 'unexpected-answer', detail: `${cause.message}; is --url right?` };
  }
  if (isApiError(error)) {
    const detail = `The server cannot be reached: ${reasonOf(error)}. Is it running, and is --url right?`;
    return { code: 'unreachable', detail };
  }
  return { code: 'failed', detail: reasonOf(error) };
}

function withAdvice({ code, detail }: Problem): string {
  switch (code) {
    case 'unauthenticated':
      return `${detail} Set INTERVIEW_WEBHOOKS_API_KEY to a key that works on this server.`;
    case 'missing-scope':
      return `${detail} interview-webhooks keys create makes a key with more.`;
    default:
      return detail;
  }
}

/** The deepest cause says what happened; those above it only that something did. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return inner instanceof Error ? inner.message : error.message;
}
