import { type Client, isApiError, problemOf, type RouterOutputs } from '@interview-webhooks/client';
import { setTimeout as pause } from 'node:timers/promises';

type Yielded<Stream> = Stream extends AsyncIterable<infer Value> ? Value : never;
type Message = Yielded<RouterOutputs['deliveries']['listen']>;
type ListenEvent = Message['data'];
export type SentRequest = Extract<ListenEvent, { type: 'request' }>['request'];

/** Told what happens while it is listened. */
export interface Listener {
  /** Nothing is missed from now on; once more after each interruption. */
  listening: () => void;
  request: (request: SentRequest) => void;
  /** The server cannot be heard at this moment. */
  interrupted: () => void;
}

const RETRY_MS = 2_000;
/** What has been given already may come again after an interruption; of so many it is known. */
const KNOWN = 10_000;

/**
 * Listens until `signal` ends it, through interruptions of any kind: what was sent meanwhile is given afterwards.
 *
 * @throws ApiError when the server refuses it, such as for a key that does not work any more
 */
export async function listenForRequests(
  client: Client,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  let lastEventId: string | undefined;
  const known = new Set<string>();
  const onData = ({ id, data }: Message) => {
    lastEventId = id;
    if (data.type === 'listening') {
      listener.listening();
      return;
    }
    const { request_id } = data.request;
    if (known.has(request_id)) return;
    known.add(request_id);
    const [oldest] = known;
    if (known.size > KNOWN && oldest !== undefined) known.delete(oldest);
    listener.request(data.request);
  };
  while (!signal.aborted) {
    try {
      const { interrupted } = listener;
      await subscription(client, { lastEventId, onData, interrupted }, signal);
    } catch (error) {
      if (isRefusal(error)) throw error;
      listener.interrupted();
    }
    await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}

interface Subscribing {
  lastEventId: string | undefined;
  onData: (message: Message) => void;
  interrupted: () => void;
}

/** One subscription, to its end; it connects again by itself as long as it finds the server. */
function subscription(
  client: Client,
  { lastEventId, onData, interrupted }: Subscribing,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = client.deliveries.listen.subscribe(
      { lastEventId },
      {
        onData,
        onError: reject,
        onComplete: resolve,
        onStopped: resolve,
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'connecting' && error) interrupted();
        },
      },
    );
    signal.addEventListener(
      'abort',
      () => {
        open.unsubscribe();
        resolve();
      },
      { once: true },
    );
  });
}

/** Whether asking again is of no use: the server has understood, and said no. */
function isRefusal(error: unknown): boolean {
  const { status = 0 } = problemOf(error) ?? {};
  return isApiError(error) && status >= 400 && status < 500 && status !== 429;
}
