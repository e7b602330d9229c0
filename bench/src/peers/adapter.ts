import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bound } from './bound.ts';
import { ours } from './ours.ts';

/** A server that takes events over HTTP and sends webhooks. */
export interface WebhookServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Of its API; empty where it needs none. */
  readonly key: string;
}

/** A call that makes the server send one webhook. */
export interface Call {
  readonly path: string;
  /** POST unless given. */
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Plan {
  /** Where the webhooks are to go. */
  readonly receiverUrl: string;
  /** How many calls there will be. */
  readonly calls: number;
}

/** How a kind of server is used, by its public API alone. */
export interface Adapter {
  /** Where the webhook of call `n` has the number `n` in its JSON: names with dots between them. */
  readonly idField: string;
  /** Makes ready what the calls need. @returns the nth call, from 0 */
  setup(server: WebhookServer, plan: Plan): Promise<(n: number) => Call>;
}

const adapters: Record<string, Adapter> = { ours, bound };

/**
 * The adapter of that name, or of a module with an absolute path that exports one as `adapter`.
 *
 * @throws Error when there is none
 */
export async function adapterOf(name: string): Promise<Adapter> {
  const known = adapters[name];
  if (known) return known;
  if (!isAbsolute(name))
    throw new Error(`--adapter takes ${Object.keys(adapters).join(', ')} or the absolute path of a module`);
  const { adapter } = (await import(pathToFileURL(name).href)) as { adapter?: unknown }; // any module
  if (!isAdapter(adapter))
    throw new Error(`${name} must export \`adapter\` with an \`idField\` and a function \`setup\``);
  return adapter;
}

function isAdapter(value: unknown): value is Adapter {
  if (typeof value !== 'object' || value === null) return false;
  const { idField, setup } = value as Partial<Adapter>; // looked at below
  return typeof idField === 'string' && typeof setup === 'function';
}
