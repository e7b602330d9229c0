import { type StartedServer, systemProcess, type SystemProcess } from '@interview-webhooks/testing';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** stdout as JSON; fails the test where it is none. */
  json: () => unknown;
}

export interface CliOptions {
  env?: Record<string, string>;
  input?: string | Uint8Array;
}

/** Starts the built command line, with nothing but `env` in its environment. */
export function startCli(args: readonly string[], { env = {}, input }: CliOptions = {}): SystemProcess {
  return systemProcess({
    program: 'cli',
    args,
    env,
    ...(input !== undefined && { input }),
  });
}

/** Runs it to its end. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return ended(startCli(args, options));
}

export async function ended(process: SystemProcess): Promise<Ended> {
  const { code } = await process.exited;
  const stdout = process.stdout();
  return { code, stdout, stderr: process.stderr(), json: () => JSON.parse(stdout) as unknown };
}

/** The environment of somebody who works with `server`. */
export function at({ url, apiKey }: Pick<StartedServer, 'url' | 'apiKey'>): Record<string, string> {
  return { INTERVIEW_WEBHOOKS_URL: url, INTERVIEW_WEBHOOKS_API_KEY: apiKey };
}

/** Invites somebody and has the interview started; @returns the delivery's id */
export async function startInterview(server: StartedServer, name = 'Ada'): Promise<string> {
  const { ai_interview_id } = (await server.rest('POST', '/ai-interviews', {
    ai_interview_name: 'Backend engineer',
  })) as { ai_interview_id: string }; // as documented
  const { response_id } = (await server.rest('POST', '/ai-interviews/invite', {
    ai_interview_id,
    candidate_name: name,
    candidate_email: 'ada@example.com',
  })) as { response_id: string };
  await server.rest('POST', `/ai-interviews/responses/${response_id}/start`);
  return `evt_${response_id}_start`;
}
