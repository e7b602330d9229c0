import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DatabaseKind } from '../system/bench-database.ts';
import { cpuTimeMs } from '../system/cpu-time.ts';
import { firstMessage } from '../system/first-message.ts';
import { startStack } from '../system/stack.ts';
import type { Load } from './load.ts';

const DOCUMENTED = '/ai-interviews/settings/webhooks';

export interface Case extends Omit<Load, 'connections' | 'seconds'> {
  name: string;
  /** What it is compared with; none for what others are compared with. */
  beside?: string;
}

/** Our server and a bare one beside it, on one database. */
export interface SettingsSubject extends AsyncDisposable {
  readonly database: DatabaseKind;
  readonly cases: readonly Case[];
  /** CPU time of both servers, and of the database with all its members, in milliseconds so far. */
  cpuMs(): Promise<{ server: number | undefined; database: number | undefined }>;
}

/** To an address, not to a name: what is measured is not the name server. */
const change = (n: number) => ({
  webhooks: { start: { status: true, url: `https://203.0.114.1/webhook/start/${n}` } },
});

export async function settingsSubject(database: DatabaseKind): Promise<SettingsSubject> {
  const stack = await startStack({ workers: 1, databaseKind: database });
  const program = fileURLToPath(new URL('bare-process.ts', import.meta.url));
  const bare = fork(program, [stack.databaseUri, stack.databaseName]);
  const bareUrl = String(await firstMessage(bare));
  const { url, apiKey, pid } = stack.server;
  return {
    database,
    cases: casesFor({ url, bareUrl, apiKey }),
    cpuMs: async () => ({
      server: await cpuTimeMs(pid, ...(bare.pid === undefined ? [] : [bare.pid])),
      database: await cpuTimeMs(...stack.databasePids),
    }),
    [Symbol.asyncDispose]: async () => {
      bare.kill();
      await stack[Symbol.asyncDispose]();
    },
  };
}

function casesFor({ url, bareUrl, apiKey }: { url: string; bareUrl: string; apiKey: string }): Case[] {
  const write = { headers: { apiKey }, body: change, beside: 'bare: insert and find' };
  return [
    { name: 'bare: insert and find', url: `${bareUrl}/settings`, headers: {}, body: change },
    { name: 'POST', url: url + DOCUMENTED, ...write },
    { name: 'tRPC', url: `${url}/trpc/settings.updateWebhookSettings`, ...write },
    { name: 'bare: no database', url: `${bareUrl}/settings`, headers: {} },
    { name: 'GET', url: url + DOCUMENTED, headers: { apiKey }, beside: 'bare: no database' },
  ];
}
