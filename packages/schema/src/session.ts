import { z } from 'zod';
import { Scope } from './scopes.ts';

export const SignIn = z.strictObject({ api_key: z.string().trim().min(1).max(512) });
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in to the dashboard. */
export const Session = z.object({
  workspace: z.object({ id: z.string(), name: z.string() }),
  api_key: z.object({ name: z.string(), prefix: z.string() }),
  scopes: z.array(Scope),
  expires_at: z.iso.datetime(),
  demo: z.boolean().meta({ description: 'The workspace holds the demo of its first start.' }),
  local: z.boolean().meta({
    description:
      'Local mode: there is a receiver at /inbox, and candidates are started and submitted by hand.',
  }),
});
export type Session = z.infer<typeof Session>;
