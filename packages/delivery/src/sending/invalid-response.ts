import { AssertionError } from 'node:assert';
import { errors } from 'undici';
import type { AttemptError } from '@interview-webhooks/webhooks';
import { UnusableAnswerError } from './interim-responses.ts';

/** What `failure` says about the form of the response, or null where that was not what went wrong. */
export function invalidResponse(failure: unknown): AttemptError | null {
  if (failure instanceof UnusableAnswerError) {
    return refused(`${failure.message}. Check the URL, and proxies before the receiver.`);
  }
  if (failure instanceof errors.HeadersOverflowError) {
    return refused("The response's headers are larger than 16 KiB. Send fewer of them.");
  }
  if (failure instanceof errors.HTTPParserError) {
    return refused(
      `${failure.message}. Check that the URL's scheme and port are those of a web server, and proxies before it.`,
    );
  }
  // undici's words for what answers something that was not asked; whatever is wrong within headers that name a
  // length, it calls a wrong length; and it asserts what its parser should have seen to.
  const unasked = failure instanceof errors.SocketError && /^bad (response|upgrade)$/.test(failure.message);
  const wrongLength = failure instanceof errors.ResponseContentLengthMismatchError;
  return unasked || wrongLength || failure instanceof AssertionError
    ? refused('The response is not proper HTTP/1.1.')
    : null;
}

function refused(message: string): AttemptError {
  return { code: 'invalid-response', message };
}
