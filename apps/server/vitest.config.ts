import { defineConfig } from 'vitest/config';
import { sharedOnDatabase } from '../../vitest.shared.ts';

/** How HTTP is spoken, how often, how processes start and stop, and what is packaged: the database has little part in it. */
const onceEnough = [
  'body-limits',
  'dashboard',
  'dashboards',
  'deployment/*',
  'documented-route',
  'fuzz',
  'lifecycle',
  'limits',
  'live',
  'metrics',
  'openapi',
  'openapi-fuzz',
  'raw-http',
  'request-log',
  'security-headers',
  'stopping',
  'tracing',
];

export default defineConfig(() =>
  sharedOnDatabase(import.meta.dirname, { onceEnough: onceEnough.map((name) => `test/${name}.test.ts`) }),
);
