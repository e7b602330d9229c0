import { renderUsage } from 'citty';
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { type FoundCommand, metaOf } from './find-command.ts';
import type { Terminal } from './terminal/terminal.ts';

const PROGRAM = 'interview-webhooks';

const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
/** The one of this package. */
export const VERSION = (JSON.parse(manifest) as { version: string }).version; // our own package.json

/** Help for a command, with its examples. */
export async function usageOf({ command, groups }: FoundCommand, terminal: Terminal): Promise<string> {
  const { details, examples } = metaOf(command);
  const usage = (await renderUsage(command, { meta: { name: groups.join(' ') } })).trimEnd();
  const shown = examples.map((example) => `  ${PROGRAM} ${example}`);
  const text = [
    usage,
    ...(details ? ['', details] : []),
    '',
    terminal.paint('bold', 'EXAMPLES'),
    '',
    ...shown,
  ]
    .join('\n')
    .replace(/(?<! ) +$/gm, '');
  // citty only knows some of the reasons against colour.
  return terminal.hasColor ? text : stripVTControlCharacters(text);
}
