/**
 * Text that somebody else chose, fit for a terminal: what controls it, or the direction of writing, could make a line
 * say something else, and is shown as a sign of its own.
 */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
