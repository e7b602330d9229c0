import type { StartedServer } from '@interview-webhooks/testing';
import { Pool } from 'undici';

/** A way to say that candidates have started; keeps its connections. */
export interface Recorder extends AsyncDisposable {
  /** How many starts go in one request. */
  readonly batch: number;
  /** How many requests make it as busy as it can be. */
  readonly concurrency: number;
  /** Resolves when the server has acknowledged all of them. @throws Error when it does not */
  record(responseIds: readonly string[]): Promise<void>;
}

export type RecorderKind = 'REST' | 'tRPC';

const TRPC_BATCH = 20;

/** Calls that read, one connection for all of them. */
export interface Reads extends AsyncDisposable {
  readonly settings: () => Promise<void>;
  readonly health: () => Promise<void>;
}

export function reads({ url, apiKey }: StartedServer): Reads {
  const pool = new Pool(url, { connections: 1 });
  const get = async (path: string) => {
    const answer = await pool.request({ method: 'GET', path, headers: { apiKey } });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text}`);
  };
  return {
    settings: () => get('/ai-interviews/settings/webhooks'),
    health: () => get('/healthz'),
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

/** REST has a request for each start, tRPC one for twenty. */
export function recorder(kind: RecorderKind, { url, apiKey }: StartedServer): Recorder {
  const concurrency = kind === 'REST' ? 128 : 16;
  const pool = new Pool(url, { connections: concurrency });
  const post = async (path: string, body?: string) => {
    const headers = { apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const answer = await pool.request({ method: 'POST', path, headers, ...(body !== undefined && { body }) });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text}`);
  };
  const one = ([id]: readonly string[]) => post(`/ai-interviews/responses/${id}/start`);
  const many = (ids: readonly string[]) => {
    const names = ids.map(() => 'responses.start').join();
    const inputs = Object.fromEntries(ids.map((response_id, at) => [at, { response_id }]));
    return post(`/trpc/${names}?batch=1`, JSON.stringify(inputs));
  };
  return {
    batch: kind === 'REST' ? 1 : TRPC_BATCH,
    concurrency,
    record: kind === 'REST' ? one : many,
    [Symbol.asyncDispose]: () => pool.close(),
  };
}
