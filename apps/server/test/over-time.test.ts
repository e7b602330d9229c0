import { problemOf } from '@interview-webhooks/api';
import { testDatabase } from '@interview-webhooks/database/testing';
import { expect, it } from 'vitest';

it('a read that takes longer than it may is answered with 503 and when to try again, not as a fault of ours', async () => {
  await using test = await testDatabase();
  // So many documents are made of nothing that no machine is done within a millisecond.
  const endless = test.database.workspaces.db.db?.aggregate(
    [
      { $documents: [{ n: { $range: [0, 1_000_000] } }] },
      { $unwind: '$n' },
      { $group: { _id: { $mod: ['$n', 1_000] }, sum: { $sum: '$n' } } },
    ],
    { maxTimeMS: 1 },
  );
  const error: unknown = await endless?.toArray().catch((refusal: unknown) => refusal);
  expect(problemOf(error, 'r-1')).toMatchObject({
    problem: {
      status: 503,
      code: 'service-unavailable',
      detail: expect.stringContaining('ask for less') as string,
    },
    retryAfterSeconds: 10,
  });
});
