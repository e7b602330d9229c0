export interface JsonToken {
  /** `name` of a field, `text` in quotes, any other `value`, and the `mark`s and spaces between them. */
  kind: 'name' | 'text' | 'value' | 'mark';
  text: string;
}

const token =
  /("(?:[^"\\]|\\.)*")(?=\s*:)|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*|true|false|null)|([^"\dtfn-]+)/g;

/** Each is an element of the page. What comes after so many is one more. */
export const MAX_TOKENS = 4_000;

/** Cuts JSON into what it is made of; joined again, it is the same text. */
export function jsonTokens(json: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  for (const { 0: text, 1: name, 2: quoted, 3: value, index } of json.matchAll(token)) {
    if (tokens.length >= MAX_TOKENS) return [...tokens, { kind: 'mark', text: json.slice(index) }];
    tokens.push({ kind: kindOf({ name, quoted, value }), text });
  }
  return tokens;
}

function kindOf(found: Record<'name' | 'quoted' | 'value', string | undefined>): JsonToken['kind'] {
  if (found.name !== undefined) return 'name';
  if (found.quoted !== undefined) return 'text';
  return found.value === undefined ? 'mark' : 'value';
}
