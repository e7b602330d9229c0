/** As many look-ups of the workspace as may be are under way. */
export class LookupsBusyError extends Error {
  /** How many that is. */
  readonly underWay: number;

  constructor(underWay: number) {
    super(`${underWay} look-ups of the workspace are under way`);
    this.name = 'LookupsBusyError';
    this.underWay = underWay;
  }
}

interface Workspace {
  underWay: number;
  /** The first to have its turn first. */
  readonly waiting: Set<() => void>;
}

/**
 * Bounds what each workspace has under way at a time.
 *
 * @param perWorkspace so much
 */
export function createLookupTurns(perWorkspace: number) {
  const workspaces = new Map<string, Workspace>();

  const end = (workspaceId: string, workspace: Workspace) => {
    const [next] = workspace.waiting;
    if (next) {
      workspace.waiting.delete(next);
      next();
    } else if (--workspace.underWay === 0) {
      workspaces.delete(workspaceId);
    }
  };

  return {
    /**
     * Waits for a turn of the workspace until `signal` says that it is too late. Without a signal it does not wait.
     *
     * @returns what ends the turn, to be called once
     * @throws LookupsBusyError when there is no turn
     */
    async begin(workspaceId: string, signal: AbortSignal | undefined): Promise<() => void> {
      const workspace = workspaces.get(workspaceId) ?? { underWay: 0, waiting: new Set() };
      workspaces.set(workspaceId, workspace);
      const turn = () => {
        end(workspaceId, workspace);
      };
      if (workspace.underWay < perWorkspace) {
        workspace.underWay++;
        return turn;
      }
      if (!signal || signal.aborted) throw new LookupsBusyError(perWorkspace);
      return new Promise((resolve, reject) => {
        const begin = () => {
          signal.removeEventListener('abort', leave);
          resolve(turn);
        };
        const leave = () => {
          workspace.waiting.delete(begin);
          reject(new LookupsBusyError(perWorkspace));
        };
        workspace.waiting.add(begin);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
