import { errors } from 'undici';
import type { AttemptError } from '@interview-webhooks/domain';
import type { Phase } from './attempt.ts';

/** What `failure` says about the form of the response, or null where that was not what went wrong. */
export function invalidResponse(failure: unknown, phase: Phase | null): AttemptError | null {
  if (failure instanceof errors.HeadersOverflowError) {
    return refused("The response's headers are larger than 16 KiB. Send fewer of them.");
  }
  if (failure instanceof errors.HTTPParserError && !endedEarly(failure)) {
    return refused(
      `${failure.message}. Check that the URL's scheme and port are those of a web server, and proxies before it.`,
    );
  }
  // undici's words for 101 and 100, which answer what was not asked; and whatever is wrong within headers
  // that name a length, it calls a wrong length.
  const unasked = failure instanceof errors.SocketError && /^bad (response|upgrade)$/.test(failure.message);
  const wrongLength = failure instanceof errors.ResponseContentLengthMismatchError && phase !== 'body';
  return unasked || wrongLength ? refused('The response is not proper HTTP/1.1.') : null;
}

/** Whether the connection ended within a response in chunks, whose form was right until then. */
export function endedEarly(failure: unknown): boolean {
  // The parser's reason, in its message, is all that undici hands on.
  return failure instanceof errors.HTTPParserError && failure.message.includes('Invalid EOF state');
}

function refused(message: string): AttemptError {
  return { code: 'invalid-response', message };
}
