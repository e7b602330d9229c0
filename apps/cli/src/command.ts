import { type ArgsDef, type CommandDef, type CommandMeta, defineCommand, type ParsedArgs } from 'citty';
import { parseArgs } from 'node:util';
import { UsageError } from './failure.ts';
import type { Terminal } from './terminal/terminal.ts';

export interface Meta extends CommandMeta {
  name: string;
  /** One line, for lists. */
  description: string;
  /** What else is to be known, for its own help. */
  details?: string;
  /** As typed, without the program's name. */
  examples: readonly string[];
}

interface Definition<Args extends ArgsDef> extends Meta {
  args: Args;
  /** @returns the exit code, where it is not 0 */
  run: (args: ParsedArgs<Args>, terminal: Terminal) => Promise<number | undefined>;
}

/** One command. An option that it does not know, or one without its value, is refused instead of being overlooked. */
export function command<const Args extends ArgsDef>({ args, run, ...meta }: Definition<Args>): Command<Args> {
  return defineCommand<Args>({
    meta,
    args,
    run: async ({ args: parsed, rawArgs, data }) => {
      refuseUnknown(args, rawArgs);
      // What run.ts hands over.
      return run(parsed, data as Terminal);
    },
  });
}

// citty's list of subcommands takes those of any arguments only as `any`.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Command<Args extends ArgsDef = any> = CommandDef<Args>;

/** Commands under one name. Each is loaded when it is called. */
export function group(meta: Meta & { commands: Record<string, () => Promise<Command>> }): Command {
  const { commands, ...rest } = meta;
  return defineCommand({ meta: rest, subCommands: commands });
}

/** Options may stand before the command's name, too: `--json keys list`. */
export function optionsLast(argv: readonly string[]): string[] {
  const first = argv.findIndex(
    (arg, index) => !arg.startsWith('-') && !takesValue.includes(argv[index - 1] ?? ''),
  );
  return first <= 0 ? [...argv] : [...argv.slice(first), ...argv.slice(0, first)];
}

/** Of those that every command has. */
const takesValue = ['--url', '--api-key'];

function refuseUnknown(args: ArgsDef, rawArgs: readonly string[]): void {
  const options = Object.entries(args).filter(([, { type }]) => type !== 'positional');
  const positional = Object.values(args).filter(({ type }) => type === 'positional').length;
  try {
    const { positionals } = parseArgs({
      args: [...rawArgs],
      options: Object.fromEntries(
        options.map(([name, { type }]) => [name, { type: type === 'boolean' ? 'boolean' : 'string' }]),
      ),
      allowPositionals: true,
    });
    const [surplus] = positionals.slice(positional);
    if (surplus !== undefined) throw new UsageError(`Unexpected argument "${surplus}".`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node goes on with advice for another case.
    throw new UsageError(`${error.message.split('. To specify', 1)[0] ?? error.message}.`);
  }
}
