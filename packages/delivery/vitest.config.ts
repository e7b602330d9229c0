import { defineConfig } from 'vitest/config';
import { sharedOnDatabase } from '../../vitest.shared.ts';

/** What receivers, names and many endpoints do to an attempt: the database stores what came of it as in all other tests. */
const onceEnough = ['echoing-receivers', 'fairness', 'recorded-faults', 'silent-names', 'tests-sent'];

export default defineConfig(() =>
  sharedOnDatabase(import.meta.dirname, { onceEnough: onceEnough.map((name) => `**/${name}.test.ts`) }),
);
