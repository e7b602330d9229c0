import { createBatcher, WRITE_PATIENCE_MS } from './batcher.ts';
import type { DirectCollections } from './models.ts';
import { ObjectId } from './object-id.ts';
import type { WorkspaceStates } from './workspace-states.ts';

/**
 * Says in a workspace's document that something of the workspace has changed, so that no process goes on with what it has kept
 * of it. After the change is stored, and before anybody is answered that it is.
 */
export interface Announcements {
  /** Revisions of the settings were appended, the newest of them `revision`. */
  settings(workspaceId: string, revision: number): Promise<void>;
  /** AI interviews were changed or removed. */
  aiInterviews(workspaceIds: readonly string[]): Promise<void>;
  /** Something was announced together with its change. */
  isDone(workspaceId: string): void;
}

interface Announcement {
  readonly workspaceId: string;
  /** Absent where AI interviews have changed. */
  readonly revision?: number;
}

export function createAnnouncements(
  { workspaces }: Pick<DirectCollections, 'workspaces'>,
  states: Pick<WorkspaceStates, 'forget'>,
): Announcements {
  const batcher = createBatcher(
    async (announcements: readonly Announcement[]) => {
      await workspaces.bulkWrite(updatesOf(announcements), { ordered: false });
      for (const { workspaceId } of announcements) states.forget(workspaceId);
    },
    { patienceMs: WRITE_PATIENCE_MS },
  );
  return {
    settings: (workspaceId, revision) => batcher.add({ workspaceId, revision }),
    aiInterviews: async (workspaceIds) => {
      await Promise.all([...new Set(workspaceIds)].map((workspaceId) => batcher.add({ workspaceId })));
    },
    isDone: (workspaceId) => {
      states.forget(workspaceId);
    },
  };
}

/** One update for each workspace, whatever is said of it. */
function updatesOf(announcements: readonly Announcement[]) {
  const found = new Map<string, { revision: number; interviews: boolean }>();
  for (const { workspaceId, revision } of announcements) {
    const known = found.get(workspaceId) ?? { revision: 0, interviews: false };
    found.set(workspaceId, {
      revision: Math.max(known.revision, revision ?? 0),
      interviews: known.interviews || revision === undefined,
    });
  }
  return [...found].map(([workspaceId, { revision, interviews }]) => ({
    updateOne: {
      filter: { _id: new ObjectId(workspaceId) },
      update: {
        ...(revision > 0 && { $max: { settingsRevision: revision } }),
        ...(interviews && { $inc: { interviewChanges: 1 } }),
      },
    },
  }));
}
