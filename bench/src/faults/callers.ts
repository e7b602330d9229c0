import { eventId } from '@interview-webhooks/domain';
import type { ApiClient } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from './random.ts';

/** What a caller knows of an event: answered with success or with a refusal, or given up without an answer. */
type Fate = 'acknowledged' | 'refused' | 'unknown';

/** A candidate, and how the system is told what he does. */
export interface Candidate {
  readonly name: string;
  readonly responseId: string;
  readonly by: 'REST' | 'tRPC';
  /** One caller in twenty does not try again. */
  readonly givesUp: boolean;
}

type Doing = 'start' | 'submission';

const PATIENCE_MS = 8_000;
const MAX_PAUSE_MS = 200;

/** Fates of events, by the ids that their webhooks have. */
export type Fates = Map<string, Fate>;

/**
 * Tells of candidates who start and then submit, REST one by one, tRPC all in one batch. Whatever is not clearly
 * answered is told again.
 */
export async function tellOf(
  client: ApiClient,
  candidates: readonly Candidate[],
  { seed, fates }: { seed: number; fates: Fates },
): Promise<void> {
  const rest = candidates.filter(({ by }) => by === 'REST');
  const trpc = candidates.filter(({ by }) => by === 'tRPC');
  const inTurn = async (group: readonly Candidate[]) => {
    for (const doing of ['start', 'submission'] as const) await tell(client, group, { doing, seed, fates });
  };
  await Promise.all([...rest.map((candidate) => inTurn([candidate])), inTurn(trpc)]);
  // A submission of what was never started records both.
  for (const { responseId } of candidates) {
    if (fates.get(eventId(responseId, 'ai_interview.submission')) !== 'acknowledged') continue;
    fates.set(eventId(responseId, 'ai_interview.start'), 'acknowledged');
  }
}

async function tell(
  client: ApiClient,
  candidates: readonly Candidate[],
  { doing, seed, fates }: { doing: Doing; seed: number; fates: Fates },
): Promise<void> {
  let left = candidates;
  for (let attempt = 1; left.length > 0; attempt++) {
    const [first] = left;
    const statuses = await (first?.by === 'REST' ? viaRest : viaTrpc)(client, left, doing).catch(() => []);
    left = left.filter(({ responseId, givesUp }, at) => {
      const fate = fateOf(statuses[at]);
      fates.set(eventId(responseId, `ai_interview.${doing}`), fate);
      return fate === 'unknown' && !givesUp;
    });
    await pause(MAX_PAUSE_MS * randomOf(seed, `${first?.name} ${doing} ${attempt}`));
  }
}

function fateOf(status: number | undefined): Fate {
  if (status === undefined || status >= 500) return 'unknown';
  return status < 300 ? 'acknowledged' : 'refused';
}

async function viaRest(
  client: ApiClient,
  [candidate]: readonly Candidate[],
  doing: Doing,
): Promise<number[]> {
  const path = `/ai-interviews/responses/${candidate?.responseId}/${doing}`;
  const { status } = await client.call('POST', path, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return [status];
}

async function viaTrpc(client: ApiClient, candidates: readonly Candidate[], doing: Doing): Promise<number[]> {
  const procedure = doing === 'start' ? 'responses.start' : 'responses.submit';
  const path = `/trpc/${candidates.map(() => procedure).join()}?batch=1`;
  const body = Object.fromEntries(candidates.map(({ responseId }, at) => [at, { response_id: responseId }]));
  const { json } = await client.call('POST', path, { body, signal: AbortSignal.timeout(PATIENCE_MS) });
  // As tRPC answers a batch: the results and errors in order.
  const answers = json as { error?: { data: { httpStatus: number } } }[];
  return answers.map(({ error }) => error?.data.httpStatus ?? 200);
}
