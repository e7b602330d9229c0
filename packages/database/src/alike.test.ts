import { describe, expect, it } from 'vitest';
import { createStatements } from './alike.ts';
import { ObjectId } from './object-id.ts';

interface Door {
  _id: string;
  workspaceId: ObjectId;
  state: string;
  at: Date;
}

describe('changes that are alike but for the id are one statement, others are not', () => {
  const at = new Date(1);
  const [workspaceId, other] = [new ObjectId(), new ObjectId()];
  const opened = (id: string, state: string, openedAt: Date) => ({
    id,
    workspaceId,
    filter: { state },
    update: { $set: { state: 'open', at: openedAt } },
  });
  const changes = [
    opened('a', 'shut', at),
    opened('b', 'shut', new Date(1)),
    opened('c', 'locked', at),
    opened('d', 'shut', new Date(2)),
    { ...opened('e', 'shut', at), workspaceId: other },
  ];
  const statement = (ids: string[], state: string, openedAt: Date, of?: ObjectId) => ({
    updateMany: {
      filter: { state, ...(of && { workspaceId: of }), _id: { $in: ids } },
      update: { $set: { state: 'open', at: openedAt } },
      hint: { _id: 1 },
    },
  });

  it('whatever their workspaces, on a server or a replica set', () => {
    expect(createStatements(() => false).of<Door>(changes)).toEqual([
      statement(['a', 'b', 'e'], 'shut', at),
      statement(['c'], 'locked', at),
      statement(['d'], 'shut', new Date(2)),
    ]);
  });

  it('and so is what removes documents, with or without a workspace', () => {
    const [a, b, c] = [new ObjectId(), new ObjectId(), new ObjectId()];
    const documents = [{ _id: a, workspaceId }, { _id: b, workspaceId: other }, { _id: c }];
    const removal = (ids: ObjectId[], of?: ObjectId) => ({
      deleteMany: {
        filter: { over: true, ...(of && { workspaceId: of }), _id: { $in: ids } },
        hint: { _id: 1 },
      },
    });
    const removing = (isSharded: boolean) =>
      createStatements(() => isSharded).removing(documents, { over: true });
    expect(removing(false)).toEqual([removal([a, b, c])]);
    expect(removing(true)).toEqual([removal([a], workspaceId), removal([b], other), removal([c])]);
  });

  it('for each workspace by itself, on a sharded cluster', () => {
    expect(createStatements(() => true).of<Door>(changes)).toEqual([
      statement(['a', 'b'], 'shut', at, workspaceId),
      statement(['c'], 'locked', at, workspaceId),
      statement(['d'], 'shut', new Date(2), workspaceId),
      statement(['e'], 'shut', at, other),
    ]);
  });
});
