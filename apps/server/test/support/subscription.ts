/** One event of a subscription as tRPC sends it; `message` is what the procedure gave. */
interface StreamedEvent {
  event: string;
  data: unknown;
}

export interface OpenSubscription extends AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  /** The next event but for signs of life; undefined when the stream has ended. */
  next(): Promise<StreamedEvent | undefined>;
}

export interface ToSubscribe {
  url: string;
  procedure: string;
  input: unknown;
  headers: Record<string, string>;
}

/** Opens a subscription over HTTP as a browser's EventSource does. */
export async function subscribe({ url, procedure, input, headers }: ToSubscribe): Promise<OpenSubscription> {
  const ends = new AbortController();
  const query = encodeURIComponent(JSON.stringify(input));
  const response = await fetch(`${url}/trpc/${procedure}?input=${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: ends.signal,
  });
  const events = parse(response);
  return {
    status: response.status,
    headers: response.headers,
    next: async () => {
      const result = await events.next();
      return result.done ? undefined : result.value;
    },
    [Symbol.asyncDispose]: () => {
      ends.abort();
      return Promise.resolve();
    },
  };
}

async function* parse(response: Response): AsyncGenerator<StreamedEvent> {
  let text = '';
  const decoder = new TextDecoder();
  // Of a fetch that has succeeded there is a body, of bytes.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
      const event = field('event') ?? 'message';
      const data = field('data');
      if (data !== undefined && event !== 'ping' && event !== 'connected') {
        yield { event, data: data === '' ? undefined : (JSON.parse(data) as unknown) };
      }
    }
  }
}
