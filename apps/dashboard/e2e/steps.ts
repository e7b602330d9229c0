import { AiInterview, CreatedApiKey, Invitation, type Scope } from '@interview-webhooks/schema';
import type { StartedServer } from '@interview-webhooks/testing';
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Opens `path` and signs in there as a person does. */
export async function signInAt(page: Page, path: string, apiKey: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel('API key', { exact: true }).fill(apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in at the settings, and waits for them. */
export async function signIn(page: Page, apiKey: string): Promise<void> {
  await signInAt(page, '/settings', apiKey);
  await page.getByRole('switch', { name: 'Start webhook' }).waitFor();
}

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
}

export async function choose(page: Page, authType: 'None' | 'Basic' | 'API key header'): Promise<void> {
  await page.getByRole('radio', { name: authType }).check();
}

/** The URL field of one of the webhooks. */
export function urlField(page: Page, part: 'Start' | 'Submission') {
  return page.getByRole('group', { name: part }).getByLabel('URL');
}

/** The procedures that a request calls: calls of one moment go out together, their names between commas, in any order. */
function calledBy({ pathname }: URL): string[] {
  return pathname.startsWith('/trpc/') ? pathname.slice('/trpc/'.length).split(',') : [];
}

/** Which requests call `procedure`, for `page.route`. */
export function callsOf(procedure: string): (url: URL) => boolean {
  return (url) => calledBy(url).includes(procedure);
}

/**
 * Lets every call of `procedure` fail in a way that nobody expects, with the request id `0198-e2e`. Calls that go out together with
 * it are answered by the server.
 *
 * @returns what lets the server answer again
 */
export async function answerWithProblem(page: Page, procedure: string): Promise<() => Promise<void>> {
  const problem = {
    type: 'urn:interview-webhooks:problem:internal-error',
    title: 'Internal error',
    // Not 500: that would be tried again for a while before it is shown.
    status: 400,
    detail: 'Something went wrong on our side.',
    code: 'internal-error',
    requestId: '0198-e2e',
  };
  const error = { message: problem.detail, code: -32_603, data: { code: 'ERROR', httpStatus: 400, problem } };
  const calls = callsOf(procedure);
  await page.route(calls, async (route) => {
    const called = calledBy(new URL(route.request().url()));
    if (called.every((name) => name === procedure))
      return route.fulfill({ status: 400, json: called.map(() => ({ error })) });
    const response = await route.fetch();
    const answers = z.array(z.unknown()).parse(await response.json());
    const json = answers.map((answer, index) => (called[index] === procedure ? { error } : answer));
    return route.fulfill({ response, status: 207, json });
  });
  return () => page.unroute(calls);
}

/** Makes an API key as a program does, over tRPC. */
export async function createKey(
  server: Pick<StartedServer, 'rest'>,
  key: { name: string; scopes: Scope[]; expires_at?: string },
): Promise<CreatedApiKey> {
  const answer = await server.rest('POST', '/trpc/apiKeys.create', key);
  return z.object({ result: z.object({ data: CreatedApiKey }) }).parse(answer).result.data;
}

/** @returns its id */
export async function createInterview(server: StartedServer, name: string): Promise<string> {
  return AiInterview.parse(await server.rest('POST', '/ai-interviews', { ai_interview_name: name }))
    .ai_interview_id;
}

/**
 * Invites Ada Lovelace.
 *
 * @returns the response's id
 */
export async function invite(server: StartedServer, interviewId: string): Promise<string> {
  const candidate = { candidate_name: 'Ada Lovelace', candidate_email: 'ada@example.com' };
  const body = { ...candidate, ai_interview_id: interviewId };
  return Invitation.parse(await server.rest('POST', '/ai-interviews/invite', body)).response_id;
}

/** Goes on with Tab until the focus is on what `name` names, as someone would who does not use a mouse. */
export async function tabUntil(page: Page, name: string): Promise<void> {
  const focused = page.locator(':focus');
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press('Tab');
    const names = await focused.evaluateAll((elements) =>
      elements.map((element) => {
        const label =
          element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent;
        return element.getAttribute('aria-label') ?? label ?? '';
      }),
    );
    if (names[0]?.trim() === name) return;
  }
  throw new Error(`Tab never reaches ${name}`);
}
