import type { AppRouter } from '@interview-webhooks/api';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { EventSource } from 'eventsource';
import { httpFetch, streamFetch } from './http.ts';
import { idempotencyKeyOf, idempotencyLink } from './idempotency-link.ts';
import { retryLink } from './retry-link.ts';

export interface ClientOptions {
  /** Where the server is, for example `https://webhooks.example.com`; a path before `/trpc` may follow. */
  url: string;
  /** Sent in the header `apiKey`. */
  apiKey: string;
  /** Instead of the runtime's own, for proxies, tracing or tests. */
  fetch?: typeof globalThis.fetch;
  /** Milliseconds that one attempt may take, the answer's body included; 30,000 unless given. */
  timeout?: number;
  /** How often a call is repeated at most where that is safe; 3 unless given, 0 for never. */
  retries?: number;
}

/** Every procedure but those of the dashboard's session, which has a cookie instead of a key. */
export type Client = Omit<TRPCClient<AppRouter>, 'session'>;

/** What procedures take: `RouterInputs['responses']['invite']`. */
export type RouterInputs = Omit<inferRouterInputs<AppRouter>, 'session'>;
/** What procedures answer: `RouterOutputs['responses']['invite']`. */
export type RouterOutputs = Omit<inferRouterOutputs<AppRouter>, 'session'>;

/** As many calls as the server takes in one batch. */
const MAX_BATCH = 20;
/** Longer addresses are refused by proxies; a batch that would have one is sent as several. */
const MAX_URL_LENGTH = 4_000;

/**
 * The typed client. Calls of one moment go out as one request; what fails for a moment is repeated where that is safe
 * (see `repetition.ts`); what creates something carries an `Idempotency-Key` of its own, so that a repetition creates
 * nothing twice. Give `{ context: { idempotencyKey } }` with such a call to choose the key yourself. Subscriptions
 * connect again by themselves, and go on where they broke off.
 *
 * Calls reject with an {@link ApiError}; `problemOf(error)` says what the server found wrong.
 */
export function createClient(options: ClientOptions): Client {
  const { url, apiKey, fetch = globalThis.fetch, timeout = 30_000, retries = 3 } = options;
  const http = {
    url: `${url.replace(/(?<!\/)\/+$/, '')}/trpc`,
    fetch: httpFetch(fetch, timeout),
  };
  const calls = [
    // Outside of the repetition: every attempt carries the same key.
    idempotencyLink(),
    retryLink({ retries }),
    splitLink({
      // A batch has one set of headers, so a call with a key travels alone.
      condition: (operation) => idempotencyKeyOf(operation) !== undefined,
      true: httpLink({
        ...http,
        headers: ({ op }) => ({ apiKey, 'idempotency-key': idempotencyKeyOf(op) }),
      }),
      false: httpBatchLink({
        ...http,
        headers: { apiKey },
        maxItems: MAX_BATCH,
        maxURLLength: MAX_URL_LENGTH,
      }),
    }),
  ];
  const subscriptions = httpSubscriptionLink({
    url: http.url,
    // The browsers' own cannot send a header, and Node has none.
    EventSource,
    eventSourceOptions: { fetch: streamFetch(fetch, { apiKey }) },
  });
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: subscriptions,
        false: calls,
      }),
    ],
  });
}
