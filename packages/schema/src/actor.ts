import { z } from 'zod';

/** Who did something: an API key, or a person signed in to the dashboard with one. */
export const Actor = z.object({
  type: z.enum(['api_key', 'dashboard', 'system']),
  id: z.string().nullable().meta({ description: 'Id of the API key; null for the system itself.' }),
  name: z.string(),
});
export type Actor = z.infer<typeof Actor>;
