import { runCommand } from 'citty';
import { stripVTControlCharacters } from 'node:util';
import { optionsLast } from './command.ts';
import { interviewWebhooks } from './commands/interview-webhooks.ts';
import { exitCodes, reportFailure, UsageError } from './failure.ts';
import { findCommand } from './find-command.ts';
import { createTerminal } from './terminal/terminal.ts';
import { usageOf, VERSION } from './usage.ts';

/**
 * Runs the command that `argv` names.
 *
 * @returns the exit code
 */
export async function run(argv: readonly string[]): Promise<number> {
  const args = optionsLast(argv);
  const terminal = createTerminal({ json: args.includes('--json') });
  try {
    if (args[0] === '--version') {
      terminal.print(VERSION);
      return exitCodes.ok;
    }
    const found = await findCommand(interviewWebhooks, args);
    if (args.length === 0 || found.rest.includes('--help') || found.rest.includes('-h')) {
      terminal.print(await usageOf(found, terminal));
      return exitCodes.ok;
    }
    if (found.names.length > 0) throw unknownCommand(found.rest[0], found.names);
    const { result } = await runCommand(found.command, { rawArgs: found.rest, data: terminal });
    return typeof result === 'number' ? result : exitCodes.ok;
  } catch (error) {
    return reportFailure(asUsageError(error), terminal);
  }
}

function unknownCommand(name: string | undefined, names: readonly string[]): UsageError {
  const wrong =
    name === undefined || name.startsWith('-') ? 'A command is missing' : `Unknown command "${name}"`;
  return new UsageError(`${wrong}; there are ${names.join(', ')}.`);
}

/** citty throws an error of its own for arguments that it cannot take. */
function asUsageError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'CLIError') return error;
  return new UsageError(`${stripVTControlCharacters(error.message).replace(/\.$/, '')}.`);
}
