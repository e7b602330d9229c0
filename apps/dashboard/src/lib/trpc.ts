import type { AppRouter } from '@interview-webhooks/api';
import type { TRPCLink } from '@trpc/client';
import {
  createTRPCReact,
  type CreateTRPCReact,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
} from '@trpc/react-query';

/** The API with its types. Everything that talks to the server does it through this. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

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

export function createTrpcClient() {
  const url = '/trpc';
  return trpc.createClient({
    links: [
      withoutDirection,
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ url }),
      }),
    ],
  });
}
