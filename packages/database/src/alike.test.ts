import { expect, it } from 'vitest';
import { statementsFor } from './alike.ts';

interface Door {
  _id: string;
  state: string;
  at: Date;
}

it('changes that are alike but for the id are one statement, others are not', () => {
  const at = new Date(1);
  const opened = (id: string, state: string, openedAt: Date) => ({
    id,
    filter: { state },
    update: { $set: { state: 'open', at: openedAt } },
  });
  const changes = [
    opened('a', 'shut', at),
    opened('b', 'shut', new Date(1)),
    opened('c', 'locked', at),
    opened('d', 'shut', new Date(2)),
  ];
  const statement = (ids: string[], state: string, openedAt: Date) => ({
    updateMany: {
      filter: { state, _id: { $in: ids } },
      update: { $set: { state: 'open', at: openedAt } },
      hint: { _id: 1 },
    },
  });
  expect(statementsFor<Door>(changes)).toEqual([
    statement(['a', 'b'], 'shut', at),
    statement(['c'], 'locked', at),
    statement(['d'], 'shut', new Date(2)),
  ]);
});
