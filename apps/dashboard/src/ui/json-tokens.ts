export interface JsonToken {
  /** `name` of a field, `text` in quotes, any other `value`, and the `mark`s and spaces between them. */
  kind: 'name' | 'text' | 'value' | 'mark';
  text: string;
}

const token =
  /("(?:[^"\\]|\\.)*")(?=\s*:)|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*|true|false|null)|([^"\dtfn-]+)/g;

/** Cuts JSON into what it is made of; joined again, it is the same text. */
export function jsonTokens(json: string): JsonToken[] {
  return [...json.matchAll(token)].map(([text, name, quoted, value]) => {
    if (name !== undefined) return { kind: 'name', text };
    if (quoted !== undefined) return { kind: 'text', text };
    return { kind: value === undefined ? 'mark' : 'value', text };
  });
}
