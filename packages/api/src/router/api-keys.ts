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
import { sync } from '../sync.ts';
import { procedure } from '../trpc.ts';

export const apiKeysRouter = {
  create: procedure('keys:manage')
    .input(sync(CreateApiKey))
    .output(sync(CreatedApiKey))
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),

  list: procedure('keys:manage')
    .input(sync(PageRequest.prefault({})))
    .output(sync(ApiKeyPage))
    .query(({ ctx, input }) => listApiKeys(ctx, input)),

  listCreated: procedure('keys:manage')
    .input(sync(ApiKeyRef))
    .output(sync(CreatedKeys))
    .query(({ ctx, input }) => listCreatedKeys(ctx, input)),

  revoke: procedure('keys:manage')
    .input(sync(RevokeApiKey))
    .output(sync(RevokedApiKey))
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
} satisfies TRPCRouterRecord;
