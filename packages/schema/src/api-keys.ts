import { z } from 'zod';
import { Actor } from './actor.ts';
import { pageOf } from './page.ts';
import { Scope } from './scopes.ts';
import { label } from './text.ts';

export const ApiKey = z.object({
  api_key_id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'The first characters, enough to recognise the key by.' }),
  scopes: z.array(Scope),
  created_by: Actor.nullable().meta({
    description: 'Who created it; null for a key from before this was recorded.',
  }),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
  revoked_at: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateApiKey = z.strictObject({
  name: label(100),
  scopes: z.array(Scope).min(1).max(Scope.options.length),
  expires_at: z.iso.datetime({ offset: true }).nullish().meta({
    description: 'Never, if it is left out or null. Never later than that of the key that creates it.',
  }),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

/** The answer to creating a key: the only time the key itself is shown. */
export const CreatedApiKey = ApiKey.extend({ api_key: z.string() });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const ApiKeyPage = pageOf(ApiKey);

export const ApiKeyRef = z.strictObject({ api_key_id: z.string() });
export type ApiKeyRef = z.infer<typeof ApiKeyRef>;

/** The keys that would end with a key, if it is revoked with what it created. */
export const CreatedKeys = z.object({ data: z.array(ApiKey) });
export type CreatedKeys = z.infer<typeof CreatedKeys>;

export const RevokeApiKey = ApiKeyRef.extend({
  include_created: z.boolean().optional().meta({
    description: 'Also revokes the keys that it created, and those that they created.',
  }),
});
export type RevokeApiKey = z.infer<typeof RevokeApiKey>;

export const RevokedApiKey = ApiKey.extend({
  also_revoked: z.array(ApiKey).meta({ description: 'The keys that ended with it, oldest first.' }),
});
export type RevokedApiKey = z.infer<typeof RevokedApiKey>;
