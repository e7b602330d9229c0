import { request as http, type RequestOptions } from 'node:http';
import { request as https } from 'node:https';

/** What came of a request to the developer's own server. */
export interface Forwarded {
  /** Null where there was no answer. */
  status: number | null;
  /** Why there was none. */
  reason: string | null;
  tookMs: number;
}

export interface ToForward {
  headers: Readonly<Record<string, string>>;
  body: string;
}

const PATIENCE_MS = 15_000;

/** Sends the same bytes with the same headers to `url`; nothing is signed anew. Never rejects. */
export async function forward(url: URL, { headers, body }: ToForward): Promise<Forwarded> {
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const status = await send(url, { headers, body });
    return { status, reason: null, tookMs: took() };
  } catch (error) {
    return { status: null, reason: reasonOf(error), tookMs: took() };
  }
}

/** Not with fetch, which adds headers of its own. */
function send(url: URL, { headers, body }: ToForward): Promise<number> {
  const bytes = Buffer.from(body, 'utf8');
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': bytes.length },
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? https : http)(url, options, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    sent.once('error', reject);
    sent.end(bytes);
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return `no answer in ${PATIENCE_MS / 1000} s`;
  const { code } = error as NodeJS.ErrnoException; // of the network's errors
  return code === 'ECONNREFUSED' ? 'nothing listens there' : (code ?? error.message);
}
