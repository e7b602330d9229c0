/** Something between here and the server answered, or `url` is not where the server is. */
export class UnexpectedAnswerError extends Error {
  readonly status: number;
  /** The header `Retry-After`. */
  readonly retryAfter: string | null;

  constructor(url: string, response: Pick<Response, 'status' | 'headers'>) {
    const type = response.headers.get('content-type') ?? 'no content type';
    super(`${url} answered ${response.status} with ${type}, not with the API's JSON`);
    this.name = 'UnexpectedAnswerError';
    this.status = response.status;
    this.retryAfter = response.headers.get('retry-after');
  }
}

type Fetch = typeof globalThis.fetch;

/**
 * `fetch` with a time-out for each attempt, and an error that tells what came where that is not JSON.
 *
 * @param timeoutMs covers connecting, waiting and the body
 */
export function httpFetch(fetch: Fetch, timeoutMs: number) {
  return async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const response = await fetch(input, {
      ...init,
      signal: init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline,
      // The API does not redirect, and fetch would carry the key to wherever a redirect leads.
      redirect: 'manual',
    });
    if (!/^application\/([\w.+-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) {
      // Its connection is not free for others before the body has ended.
      await response.body?.cancel();
      throw new UnexpectedAnswerError(addressOf(input), response);
    }
    return response;
  };
}

/** `fetch` with `headers`, for what stays open: its signs of life, not a time-out, tell that it is there. */
export function streamFetch(fetch: Fetch, headers: Record<string, string>) {
  type Init = Omit<RequestInit, 'headers'> & { headers: Record<string, string> };
  return (input: string | URL, init: Init): Promise<Response> =>
    fetch(input, { ...init, headers: { ...init.headers, ...headers }, redirect: 'manual' });
}

/** Without the query, which holds the input. */
function addressOf(input: RequestInfo | URL): string {
  const url = input instanceof Request ? input.url : String(input);
  return url.split('?', 1)[0] ?? url;
}
