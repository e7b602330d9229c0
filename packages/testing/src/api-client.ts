import type { AnswerCheck } from './documented.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
}

export interface CallOptions {
  /** Another key than the client's; null for none. */
  key?: string | null;
  /** Sent as it is; `body` is sent as JSON. */
  raw?: string | Uint8Array<ArrayBuffer>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls one server over HTTP with one key. */
export interface ApiClient {
  /** Gives the answer, whatever it is. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /**
   * Gives the JSON of a call that has to succeed.
   *
   * @throws Error quoting any other answer
   */
  rest(method: string, path: string, body?: unknown): Promise<unknown>;
}

/**
 * @param url where the server is, without a slash at the end
 * @param check looks at every answer
 */
export function apiClient(url: string, apiKey: string, check?: AnswerCheck): ApiClient {
  const call: ApiClient['call'] = async (method, path, options = {}) => {
    const { key = apiKey, raw, body, headers, signal } = options;
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...(key && { apiKey: key }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, json: parse(text) };
    check?.(method, path, answer);
    return answer;
  };
  return {
    call,
    rest: async (method, path, body) => {
      const { status, text, json } = await call(method, path, { body });
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
      return json;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
