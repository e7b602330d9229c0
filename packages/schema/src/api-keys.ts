import { z } from 'zod';
import { pageOf } from './page.ts';
import { Scope } from './scopes.ts';
import { label } from './text.ts';

export const ApiKey = z.object({
  api_key_id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'The first characters, enough to recognise the key by.' }),
  scopes: z.array(Scope),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
  revoked_at: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateApiKey = z.strictObject({
  name: label(100),
  scopes: z.array(Scope).min(1).max(Scope.options.length),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

/** The answer to creating a key: the only time the key itself is shown. */
export const CreatedApiKey = ApiKey.extend({ api_key: z.string() });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const ApiKeyPage = pageOf(ApiKey);

export const ApiKeyRef = z.strictObject({ api_key_id: z.string() });
export type ApiKeyRef = z.infer<typeof ApiKeyRef>;
