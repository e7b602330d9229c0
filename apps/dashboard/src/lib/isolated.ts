const control = /[\u202a-\u202e\u2066-\u2069]/u;

const POP_EMBEDDING = '\u202c';
const POP_ISOLATE = '\u2069';
const FIRST_STRONG_ISOLATE = '\u2068';

/**
 * A text that somebody else chose, such as a name, for a place among other words: what controls the direction of writing in it
 * ends with it, and cannot turn round what stands beside it (Unicode's UAX 9). An element alone (`<bdi>`) would not do: a
 * "pop" too many in the text would end it.
 */
export function isolated(text: string): string {
  return control.test(text) ? FIRST_STRONG_ISOLATE + balanced(text) + POP_ISOLATE : text;
}

/** Without what ends more than it has begun, and with the end of all that it has begun. */
function balanced(text: string): string {
  let shown = '';
  const open: string[] = [];
  for (const character of text) {
    if (/[\u202a\u202b\u202d\u202e]/u.test(character)) open.push(POP_EMBEDDING);
    else if (/[\u2066-\u2068]/u.test(character)) open.push(POP_ISOLATE);
    else if (character === POP_EMBEDDING && open.at(-1) !== POP_EMBEDDING) continue;
    else if (character === POP_EMBEDDING) open.pop();
    else if (character === POP_ISOLATE) {
      const at = open.lastIndexOf(POP_ISOLATE);
      if (at < 0) continue;
      // What was begun inside of an isolate ends with it.
      open.splice(at);
    }
    shown += character;
  }
  return shown + open.reverse().join('');
}
