/** One line for each entry, columns aligned; numbers to the right. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  const cells = [
    columns,
    ...rows.map((row) => row.map((value) => (value === undefined ? '' : String(value)))),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  const [head = '', ...rest] = lines;
  return [head, '-'.repeat(head.length), ...rest].join('\n');
}
