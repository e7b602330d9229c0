import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { forms } from '../src/faults/forms.ts';
import { kinds } from '../src/faults/kinds.ts';
import { runFaults } from '../src/faults/run-faults.ts';

const PATIENCE_MS = 180_000;

it(
  'what was acknowledged is delivered and nothing else, whatever happens meanwhile and however receivers fail',
  { timeout: PATIENCE_MS },
  async () => {
    const seed = randomInt(2 ** 31);
    console.log(`seed ${seed}; again with: npm run faults -- --short --seed ${seed}`);
    const { violations, acknowledged, refused, arrivals, happened, leftOut, settingsChanges } =
      await runFaults({
        seed,
        ...forms.short,
      });
    expect(violations).toEqual([]);
    // Something was tried, too.
    expect(acknowledged).toBeGreaterThan(forms.short.events / 2);
    expect(refused).toBeGreaterThan(0);
    expect(arrivals).toBeGreaterThan(acknowledged);
    expect(kinds.filter((kind) => happened[kind] === 0)).toEqual(leftOut);
    expect(settingsChanges).toBeGreaterThan(0);
  },
);
