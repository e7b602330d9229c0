import { defineConfig } from 'vitest/config';
import { sharedOnDatabase } from '../../vitest.shared.ts';

/** What comes in and goes out by HTTP, how often, and what is packaged: the database has little part in it. */
const onceEnough = ['body-limits', 'deployment/*', 'fuzz', 'limits', 'openapi-fuzz', 'tracing'];

export default defineConfig(() =>
  sharedOnDatabase(import.meta.dirname, { onceEnough: onceEnough.map((name) => `test/${name}.test.ts`) }),
);
