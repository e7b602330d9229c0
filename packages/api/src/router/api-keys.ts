import { createApiKey, listApiKeys, revokeApiKey } from '@interview-webhooks/domain';
import {
  ApiKey,
  ApiKeyPage,
  ApiKeyRef,
  CreateApiKey,
  CreatedApiKey,
  PageRequest,
} from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { procedure } from '../trpc.ts';

export const apiKeysRouter = {
  create: procedure('keys:manage')
    .input(CreateApiKey)
    .output(CreatedApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),

  list: procedure('keys:manage')
    .input(PageRequest.prefault({}))
    .output(ApiKeyPage)
    .query(({ ctx, input }) => listApiKeys(ctx, input)),

  revoke: procedure('keys:manage')
    .input(ApiKeyRef)
    .output(ApiKey)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
} satisfies TRPCRouterRecord;
