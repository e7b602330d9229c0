import autocannon from 'autocannon';

export interface Load {
  url: string;
  headers: Record<string, string>;
  /** The body of the nth request, which is a POST then. Each is another one: what changes nothing is not stored. */
  body?: (n: number) => object;
  connections: number;
  seconds: number;
}

export interface Figures {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  requests: number;
}

let sent = 0;

/** Asks as fast as answers come. @throws Error when any of them is no success */
export async function load({ url, headers, body, connections, seconds }: Load): Promise<Figures> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers,
    ...(body && {
      requests: [
        {
          method: 'POST',
          setupRequest: (request) => ({
            ...request,
            headers: { ...request.headers, 'content-type': 'application/json' },
            body: JSON.stringify(body(++sent)),
          }),
        },
      ],
    }),
  });
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals and ${result.errors} errors`);
  }
  return {
    perSecond: result.requests.total / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    requests: result.requests.total,
  };
}
