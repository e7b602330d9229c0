import { z } from 'zod';

const count = z.int().min(0);

/** What was removed with the demo. */
export const RemovedDemo = z.object({ ai_interviews: count, responses: count, deliveries: count });
export type RemovedDemo = z.infer<typeof RemovedDemo>;
