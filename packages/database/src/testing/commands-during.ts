import type { Database } from '../database.ts';

/** A command as the driver sends it. */
export interface SentCommand {
  /** For example `find`. */
  readonly commandName: string;
  readonly command: Readonly<Record<string, unknown>>;
}

/**
 * The commands that are sent while `work` goes on.
 *
 * @param database opened with `monitorCommands`
 */
export async function commandsDuring(
  { workspaces }: Database,
  work: () => Promise<unknown>,
): Promise<SentCommand[]> {
  const found: SentCommand[] = [];
  const note = ({ commandName, command }: SentCommand) => found.push({ commandName, command });
  const client = workspaces.db.getClient();
  client.on('commandStarted', note);
  try {
    await work();
  } finally {
    client.off('commandStarted', note);
  }
  return found;
}

/** A command with the collection that it is for: `find deliveries`. */
export function nameOf({ commandName, command }: SentCommand): string {
  return `${commandName} ${String(command[commandName])}`;
}

/** Whether the server answers it only when it is in the journal. */
export function isJournaled({ command }: SentCommand): boolean {
  // As the driver sends it.
  return ((command['writeConcern'] ?? {}) as { j?: boolean }).j === true;
}
