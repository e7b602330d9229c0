/** A list whose nodes hold its links: adding to either end and taking out of the middle cost the same, and no memory. */
export interface List<Node> {
  first: Node | null;
  last: Node | null;
  length: number;
}

/** What can be in a list, and in one at a time. */
export interface Linked<Node> {
  list: List<Node> | null;
  before: Node | null;
  after: Node | null;
}

export function emptyList<Node>(): List<Node> {
  return { first: null, last: null, length: 0 };
}

/** Adds a node that is in no list at the end. */
export function append<Node extends Linked<Node>>(list: List<Node>, node: Node): void {
  node.list = list;
  node.before = list.last;
  if (list.last) list.last.after = node;
  else list.first = node;
  list.last = node;
  list.length++;
}

/** Adds a node that is in no list at the front. */
export function prepend<Node extends Linked<Node>>(list: List<Node>, node: Node): void {
  node.list = list;
  node.after = list.first;
  if (list.first) list.first.before = node;
  else list.last = node;
  list.first = node;
  list.length++;
}

/**
 * Takes a node out of its list.
 *
 * @returns whether it was in one
 */
export function unlink<Node extends Linked<Node>>(node: Node): boolean {
  const { list, before, after } = node;
  if (!list) return false;
  if (before) before.after = after;
  else list.first = after;
  if (after) after.before = before;
  else list.last = before;
  list.length--;
  node.list = node.before = node.after = null;
  return true;
}
