/** How deep values are put on lines of their own. What is deeper stays on one line, as it came. */
export const MAX_DEPTH = 16;
/** How many lines are made. What comes after them stays as it came. */
export const MAX_LINES = 2_000;

const part = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g;

/**
 * JSON as people read it, one entry a line; anything else as it is. It takes time and room in proportion to `text`,
 * however deep that is nested. Numbers and names stay as they were written, also those that would not survive being parsed.
 */
export function prettyJson(text: string): string {
  if (!isJson(text)) return text;
  let pretty = '';
  let depth = 0;
  let lines = 1;
  let before = '';
  for (const { 0: token, index } of text.matchAll(part)) {
    if (lines >= MAX_LINES) return pretty + text.slice(index);
    const closes = token === '}' || token === ']';
    const isShallow = depth <= MAX_DEPTH;
    if (closes) depth -= 1;
    const follows = before === '{' || before === '[';
    // What is empty stays together.
    if (isShallow && (closes ? !follows : follows || before === ',')) {
      pretty += `\n${'  '.repeat(depth)}`;
      lines += 1;
    }
    pretty += token === ':' && isShallow ? ': ' : token;
    if (token === '{' || token === '[') depth += 1;
    before = token;
  }
  return pretty;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
