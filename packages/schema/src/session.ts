import { z } from 'zod';
import { pageOf } from './page.ts';
import { Scope } from './scopes.ts';

export const SignIn = z.strictObject({ api_key: z.string().trim().min(1).max(512) });
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in to the dashboard. */
export const Session = z.object({
  workspace: z.object({ id: z.string(), name: z.string() }),
  api_key: z.object({ name: z.string(), prefix: z.string() }),
  scopes: z.array(Scope),
  expires_at: z.iso.datetime().meta({ description: 'When it ends at the latest; sooner if nobody uses it.' }),
  demo: z.boolean().meta({ description: 'The workspace holds the demo of its first start.' }),
  local: z.boolean().meta({
    description:
      'Local mode: there is a receiver at /inbox, and candidates are started and submitted by hand.',
  }),
});
export type Session = z.infer<typeof Session>;

/** A session of the dashboard that has not ended, as those see it who may manage keys. */
export const OpenSession = z.object({
  session_id: z.string(),
  api_key: z.object({ api_key_id: z.string(), name: z.string(), prefix: z.string() }),
  user_agent: z.string().nullable().meta({ description: 'As the browser names itself.' }),
  address: z.string().nullable().meta({ description: 'Network address of its latest use.' }),
  created_at: z.iso.datetime(),
  last_seen_at: z.iso.datetime().meta({ description: 'To the minute. An open page alone is no use.' }),
  expires_at: z.iso.datetime().meta({ description: 'When it ends unless somebody uses it before.' }),
  current: z.boolean().meta({ description: 'It is the session that asks.' }),
});
export type OpenSession = z.infer<typeof OpenSession>;

export const OpenSessionPage = pageOf(OpenSession);

export const SessionRef = z.strictObject({ session_id: z.string() });
export type SessionRef = z.infer<typeof SessionRef>;
