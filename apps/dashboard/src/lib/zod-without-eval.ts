import { z } from 'zod';

// Zod compiles object schemas with `new Function` and tries that out first: the content security policy
// forbids it and would report the attempt.
z.config({ jitless: true });
