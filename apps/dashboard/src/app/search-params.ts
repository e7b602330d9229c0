/**
 * Takes the named parameters out of an address. What they hold is checked where it is used, by `checkedSearch`:
 * the schemas are not part of what is loaded first.
 */
export function named<Params extends object>(...names: (keyof Params & string)[]) {
  return (given: Record<string, unknown>): Params => {
    const taken = names.flatMap((name) => (given[name] ? [[name, given[name]]] : []));
    // Not yet checked; every page does that before it uses them.
    return Object.fromEntries(taken) as Params;
  };
}

/** All parameters are text, so that an address reads as it was meant: `?text=42`, not `?text=%2242%22`. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** The counterpart of {@link parseSearch}; what is undefined is left out. */
export function stringifySearch(params: Record<string, unknown>): string {
  const given = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const text = new URLSearchParams(given).toString();
  return text && `?${text}`;
}

/** Without what is not chosen: a control that chooses nothing says so with an empty text. */
export function given(params: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
