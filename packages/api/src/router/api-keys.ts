import { createApiKey, listApiKeys, listCreatedKeys, revokeApiKey } from '@interview-webhooks/domain';
import {
  ApiKeyPage,
  ApiKeyRef,
  CreateApiKey,
  CreatedApiKey,
  CreatedKeys,
  PageRequest,
  RevokeApiKey,
  RevokedApiKey,
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

  listCreated: procedure('keys:manage')
    .input(ApiKeyRef)
    .output(CreatedKeys)
    .query(({ ctx, input }) => listCreatedKeys(ctx, input)),

  revoke: procedure('keys:manage')
    .input(RevokeApiKey)
    .output(RevokedApiKey)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
} satisfies TRPCRouterRecord;
