import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from './terminal.ts';

/** Columns under their names, as wide as what is in them. Cells may be painted. */
export function table(
  terminal: Terminal,
  names: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const heading = names.map((name) => terminal.paint('dim', name.toUpperCase()));
  const all = [heading, ...rows];
  const widths = names.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Names and values, one below the other. */
export function facts(terminal: Terminal, entries: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(entries).map(widthOf));
  return Object.entries(entries)
    .map(([name, value]) => `${terminal.paint('dim', name.padEnd(width))}  ${value}`)
    .join('\n');
}

const characters = new Intl.Segmenter();

function widthOf(cell: string): number {
  return [...characters.segment(stripVTControlCharacters(cell))].length;
}
