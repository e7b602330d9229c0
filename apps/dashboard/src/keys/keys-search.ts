import { z } from 'zod';

/** The parameters of the API keys' address. */
export const KeysSearch = z.object({ dialog: z.literal('create') }).partial();
export type KeysSearch = z.infer<typeof KeysSearch>;
