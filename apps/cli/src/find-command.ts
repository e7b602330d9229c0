import type { Command, Meta } from './command.ts';

export interface FoundCommand {
  command: Command;
  /** Names of the groups it is in, the program first. */
  groups: string[];
  /** What follows its name. */
  rest: string[];
  /** Where it is a group: what may follow its name. */
  names: string[];
}

/** The command that `args` begin with, as far as there is one; what follows may be the name of none. */
export async function findCommand(root: Command, args: readonly string[]): Promise<FoundCommand> {
  let found: FoundCommand = { command: root, groups: [], rest: [...args], names: namesIn(root) };
  for (;;) {
    const [name = '', ...rest] = found.rest;
    if (!found.names.includes(name)) return found;
    const { command, groups } = found;
    const next = await commandsIn(command)[name]?.();
    if (!next) return found;
    found = { command: next, groups: [...groups, metaOf(command).name], rest, names: namesIn(next) };
  }
}

export function metaOf(command: Command): Meta {
  return command.meta as Meta; // command() and group() give no other
}

function commandsIn(command: Command): Record<string, () => Promise<Command>> {
  return (command.subCommands ?? {}) as Record<string, () => Promise<Command>>; // as group() has them
}

function namesIn(command: Command): string[] {
  return Object.keys(commandsIn(command));
}
