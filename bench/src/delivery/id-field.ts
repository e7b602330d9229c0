/**
 * The id that a webhook's body has in a field of its JSON.
 *
 * @param field its name; the names on the way to it, with dots between them, where it is deeper
 * @returns undefined where there is no such field, or its value is neither text nor a number
 */
export function idIn(body: string, field: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const name of field.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map(Object.entries(value)).get(name);
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
