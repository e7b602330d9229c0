import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands in front of several servers: each call goes to the next of them. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
  /** How often each has answered with which status, the answers inside of a batch included: `old 200`. */
  readonly answers: ReadonlyMap<string, number>;
  add(name: string, url: string): void;
  /** Sends it nothing more; resolves when it has answered what it had got. */
  remove(name: string): Promise<void>;
}

interface Target {
  readonly name: string;
  readonly url: string;
  readonly agent: Agent;
  readonly open: Set<Promise<void>>;
}

/** tRPC answers a batch with a status for all, and has that of each in the body. */
const STATUS_IN_BATCH = /"httpStatus":(\d{3})/g;

export async function balancer(): Promise<Balancer> {
  const targets: Target[] = [];
  const answers = new Map<string, number>();
  let turn = 0;

  const count = (name: string, status: number | string) => {
    const key = `${name} ${status}`;
    answers.set(key, (answers.get(key) ?? 0) + 1);
  };
  const pass = async ({ name, url, agent }: Target, request: IncomingMessage, response: ServerResponse) => {
    const { method, headers } = request;
    const outgoing = send(url + (request.url ?? '/'), { method, headers, agent });
    request.pipe(outgoing);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]; // as Node documents it
    let body = '';
    for await (const chunk of answer.setEncoding('utf8')) body += String(chunk);
    count(name, answer.statusCode ?? 0);
    for (const [, status = ''] of body.matchAll(STATUS_IN_BATCH)) count(name, status);
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
  };
  const server = createServer((request, response) => {
    const target = targets[turn++ % targets.length];
    if (!target) {
      response.writeHead(502).end();
      return;
    }
    const passed = pass(target, request, response)
      // The caller sees a connection that ended, as from a server.
      .catch(() => {
        count(target.name, 'no answer');
        response.destroy();
      })
      .finally(() => target.open.delete(passed));
    target.open.add(passed);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  const remove = async (name: string) => {
    const at = targets.findIndex((target) => target.name === name);
    for (const { open, agent } of at < 0 ? [] : targets.splice(at, 1)) {
      await Promise.all([...open]);
      agent.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${port}`,
    answers,
    add: (name, url) => targets.push({ name, url, agent: new Agent({ keepAlive: true }), open: new Set() }),
    remove,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
      for (const { name } of [...targets]) await remove(name);
    },
  };
}
