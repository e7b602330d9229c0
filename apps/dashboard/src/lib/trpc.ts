import type { AppRouter } from '@interview-webhooks/api';
import { createTRPCReact, type CreateTRPCReact, httpBatchLink } from '@trpc/react-query';

/** The API with its types. Everything that talks to the server does it through this. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

export function createTrpcClient() {
  return trpc.createClient({ links: [httpBatchLink({ url: '/trpc' })] });
}
