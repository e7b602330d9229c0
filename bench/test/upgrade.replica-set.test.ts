import { requireMongod } from '@interview-webhooks/testing';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runUpgrade } from '../src/upgrade/run-upgrade.ts';

/** In the place of an older version, which has to be built first: `npm run faults:upgrade` does that before a release. */
const checkout = fileURLToPath(new URL('../../', import.meta.url));

it(
  'processes that replace others under load: nothing is lost, invented or refused',
  { timeout: 180_000 },
  async () => {
    const seed = randomInt(2 ** 31);
    const mongod = await requireMongod();
    const run = { mongod, olderDirectory: checkout, seed, events: 300, forMs: 12_000 };
    const { violations, acknowledged, answers, settingsChanges } = await runUpgrade(run);
    expect(violations, `seed ${seed}`).toEqual([]);
    expect(acknowledged).toBeGreaterThan(150);
    expect(settingsChanges).toBeGreaterThan(0);
    for (const version of ['old', 'new']) expect(answers[`${version} 200`]).toBeGreaterThan(0);
  },
);
