import { LRUCache } from 'lru-cache';
import { isDeepStrictEqual } from 'node:util';
import { createBatcher } from './batcher.ts';
import type { CommittedOptions, CommittedReads } from './committed-reads.ts';
import type { DirectCollections } from './models.ts';
import type { WorkspaceDocument } from './models/workspace.ts';
import { ObjectId } from './object-id.ts';
import { READ_MAX_MS, READ_PATIENCE_MS } from './read-bounds.ts';

/** A workspace's document as it was at a moment. It says what of all that is kept of the workspace still holds. */
export interface WorkspaceState {
  /** As a majority has it; null where there is no such workspace. */
  readonly workspace: WorkspaceDocument | null;
  /**
   * Whether the primary has exactly this. While it has something newer that no majority has yet, nothing that is kept is used
   * and nothing is kept: a rollback may take it back.
   */
  readonly isSettled: boolean;
  /** Of which primary, as `CommittedReads` counts them. */
  readonly term: number;
}

export interface WorkspaceStates {
  /**
   * The workspace as it is now; those who ask at the same moment share one statement.
   *
   * @param since will do with an answer to a question that was asked at this time or later, as `performance.now()` counts
   */
  of(id: string, since?: number): Promise<WorkspaceState>;
  /** After a change by this process: from now on, only what is asked from now on will do. */
  forget(id: string): void;
}

/** Answers that may serve the same call once more: as many as there are calls of different workspaces at a time, with room. */
const MAX_LATEST = 2_000;
/** Each is a kilobyte or two. */
const MAX_COMMITTED = 5_000;

export function createWorkspaceStates(
  { workspaces }: Pick<DirectCollections, 'workspaces'>,
  committed: CommittedReads,
): WorkspaceStates {
  const latest = new LRUCache<string, { askedAt: number; state: WorkspaceState }>({ max: MAX_LATEST });
  /** What a majority was seen to have, where there are several members. It stays had until it is replaced. */
  const knownCommitted = new LRUCache<string, WorkspaceDocument>({ max: MAX_COMMITTED });

  const find = async (ids: readonly string[], options: CommittedOptions = {}) => {
    const bounds = { limit: ids.length, batchSize: ids.length, maxTimeMS: READ_MAX_MS };
    const filter = { _id: { $in: ids.map((id) => new ObjectId(id)) } };
    const found = await workspaces.find(filter, { ...bounds, ...options }).toArray();
    return new Map(found.map((workspace) => [workspace._id.toHexString(), workspace]));
  };

  /** As a majority has them; noted. */
  const committedOf = async (ids: readonly string[]) => {
    if (ids.length === 0) return new Map<string, WorkspaceDocument>();
    const found = await committed.read((options) => find(ids, options));
    for (const [id, workspace] of found) knownCommitted.set(id, workspace);
    return found;
  };

  const statesOf = async (ids: readonly string[]): Promise<Map<string, WorkspaceState>> => {
    const { answer: current, term } = await committed.fromPrimary(() => find(ids));
    const stateOf = (id: string, workspace = current.get(id) ?? null): WorkspaceState => ({
      workspace,
      isSettled: isDeepStrictEqual(workspace, current.get(id)),
      term,
    });
    if (committed.isAlone()) return new Map(ids.map((id) => [id, stateOf(id)]));
    // What is new to us may be new to the other members, too.
    const isKnown = (id: string) => isDeepStrictEqual(current.get(id), knownCommitted.get(id) ?? null);
    const unknown = new Set(ids.filter((id) => !isKnown(id)));
    const asked = await committedOf([...unknown]);
    return new Map(ids.map((id) => [id, stateOf(id, unknown.has(id) ? (asked.get(id) ?? null) : undefined)]));
  };

  const batcher = createBatcher(
    async (ids: readonly string[]) => {
      const askedAt = performance.now();
      const states = await statesOf([...new Set(ids)]);
      for (const [id, state] of states) latest.set(id, { askedAt, state });
      return states;
    },
    { patienceMs: READ_PATIENCE_MS },
  );

  return {
    async of(id, since = Infinity) {
      const known = latest.get(id);
      if (known && known.askedAt >= since) return known.state;
      const state = (await batcher.add(id)).get(id);
      if (!state) throw new Error(`workspace ${id} was asked for and left out`);
      return state;
    },
    forget: (id) => {
      latest.delete(id);
    },
  };
}
