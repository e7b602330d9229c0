import type { AppRouter } from '@interview-webhooks/api';
import type { TRPCLink } from '@trpc/client';
import { createTRPCReact, type CreateTRPCReact, httpBatchLink, splitLink } from '@trpc/react-query';
import type { Hub } from '../live/hub.ts';
import { liveLink } from '../live/live-link.ts';
import { unattendedHeader } from './unattended.ts';

/** The API with its types. Everything that talks to the server does it through this. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

/** Where the server has it. */
export const TRPC_URL = '/trpc';

/** How long an answer may take. A change is given more time: that it is not known to have happened costs more. */
const QUERY_MS = 10_000;
const MUTATION_MS = 30_000;
/** A test waits for a receiver, for as long as the operator lets it: five minutes at most. */
const TRIAL_MS = 330_000;

/** Lists that come page by page are asked for with a direction, which the API's strict inputs do not know. */
const withoutDirection: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    const { input } = op;
    if (typeof input !== 'object' || input === null || !('direction' in input)) return next(op);
    const known: Record<string, unknown> = { ...input };
    delete known['direction'];
    return next({ ...op, input: known });
  };

/** `fetch` that gives up after `ms`, also in the middle of an answer. A page on a dead connection must not wait for ever. */
function fetchWithin(ms: (method: string) => number): typeof fetch {
  return (input, init) => {
    const given = init?.signal ? [init.signal] : [];
    const signal = AbortSignal.any([...given, AbortSignal.timeout(ms(init?.method ?? 'GET'))]);
    return fetch(input, { ...init, signal });
  };
}

export function createTrpcClient(hub: Hub) {
  return trpc.createClient({
    links: [
      withoutDirection,
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: liveLink(hub),
        false: splitLink({
          condition: ({ path }) => path === 'settings.test',
          true: httpBatchLink({
            url: TRPC_URL,
            headers: unattendedHeader,
            fetch: fetchWithin(() => TRIAL_MS),
          }),
          false: httpBatchLink({
            url: TRPC_URL,
            headers: unattendedHeader,
            fetch: fetchWithin((method) => (method === 'GET' ? QUERY_MS : MUTATION_MS)),
          }),
        }),
      }),
    ],
  });
}
