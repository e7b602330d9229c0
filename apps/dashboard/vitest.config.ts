import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from '../../vitest.shared.ts';

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['e2e/**/*.test.ts'],
      // Browser tests mostly wait for the browser and the server: two at a time, also on one core.
      maxWorkers: 2,
      // A test that looks at every state in both themes, wide and narrow, has much to scan.
      testTimeout: 180_000,
    },
  }),
);
