import { type Client, createClient, isApiError } from '@interview-webhooks/client';
import { eventId } from '@interview-webhooks/webhooks';
import type { ApiClient } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from './random.ts';

/** What a caller knows of an event: answered with success or with a refusal, or given up without an answer. */
type Fate = 'acknowledged' | 'refused' | 'unknown';

/** A candidate, and how the system is told what he does. */
export interface Candidate {
  readonly name: string;
  readonly responseId: string;
  /** One by one over REST, in a batch over tRPC by hand, or by what others install. */
  readonly by: 'REST' | 'tRPC' | 'client';
  /** One caller in twenty does not try again. */
  readonly givesUp: boolean;
}

type Doing = 'start' | 'submission';

const PATIENCE_MS = 8_000;
/** Between two tries, unless given: far sooner than `Retry-After` says. */
const MAX_PAUSE_MS = 200;

/** Fates of events, by the ids that their webhooks have. */
export type Fates = Map<string, Fate>;

/** The ways to the system. */
export interface Ways {
  readonly api: ApiClient;
  readonly client: Client;
}

/** @param url where the server is */
export function waysTo(url: string, apiKey: string, api: ApiClient): Ways {
  return { api, client: createClient({ url, apiKey, timeout: PATIENCE_MS, retries: 2 }) };
}

/** Tells of candidates who start and then submit. Whatever is not clearly answered is told again. */
export async function tellOf(
  ways: Ways,
  candidates: readonly Candidate[],
  { seed, fates, maxPauseMs = MAX_PAUSE_MS }: { seed: number; fates: Fates; maxPauseMs?: number },
): Promise<void> {
  const rest = candidates.filter(({ by }) => by === 'REST').map((candidate) => [candidate]);
  const together = (['tRPC', 'client'] as const).map((way) => candidates.filter(({ by }) => by === way));
  const inTurn = async (group: readonly Candidate[]) => {
    for (const doing of ['start', 'submission'] as const)
      await tell(ways, group, { doing, seed, fates, maxPauseMs });
  };
  await Promise.all([...rest, ...together].map(inTurn));
  // A submission of what was never started records both.
  for (const { responseId } of candidates) {
    if (fates.get(eventId(responseId, 'ai_interview.submission')) !== 'acknowledged') continue;
    fates.set(eventId(responseId, 'ai_interview.start'), 'acknowledged');
  }
}

async function tell(
  ways: Ways,
  candidates: readonly Candidate[],
  { doing, seed, fates, maxPauseMs }: { doing: Doing; seed: number; fates: Fates; maxPauseMs: number },
): Promise<void> {
  let left = candidates;
  for (let attempt = 1; left.length > 0; attempt++) {
    const [first] = left;
    const statuses = first ? await via[first.by](ways, left, doing).catch(() => []) : [];
    left = left.filter(({ responseId, givesUp }, at) => {
      const fate = fateOf(statuses[at]);
      fates.set(eventId(responseId, `ai_interview.${doing}`), fate);
      return fate === 'unknown' && !givesUp;
    });
    await pause(maxPauseMs * randomOf(seed, `${first?.name} ${doing} ${attempt}`));
  }
}

function fateOf(status: number | undefined): Fate {
  if (status === undefined || status >= 500) return 'unknown';
  return status < 300 ? 'acknowledged' : 'refused';
}

/** What each answered; undefined where nothing did. */
type Statuses = readonly (number | undefined)[];

const via: Record<
  Candidate['by'],
  (ways: Ways, candidates: readonly Candidate[], doing: Doing) => Promise<Statuses>
> = { REST: viaRest, tRPC: viaTrpc, client: viaClient };

async function viaRest({ api }: Ways, [candidate]: readonly Candidate[], doing: Doing): Promise<Statuses> {
  const path = `/ai-interviews/responses/${candidate?.responseId}/${doing}`;
  const { status } = await api.call('POST', path, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return [status];
}

async function viaTrpc({ api }: Ways, candidates: readonly Candidate[], doing: Doing): Promise<Statuses> {
  const procedure = doing === 'start' ? 'responses.start' : 'responses.submit';
  const path = `/trpc/${candidates.map(() => procedure).join()}?batch=1`;
  const body = Object.fromEntries(candidates.map(({ responseId }, at) => [at, { response_id: responseId }]));
  const { json } = await api.call('POST', path, { body, signal: AbortSignal.timeout(PATIENCE_MS) });
  // As tRPC answers a batch: the results and errors in order.
  const answers = json as { error?: { data: { httpStatus: number } } }[];
  return answers.map(({ error }) => error?.data.httpStatus ?? 200);
}

/** Calls of one moment: one batch, that the client repeats by its own rules before it gives up. */
function viaClient({ client }: Ways, candidates: readonly Candidate[], doing: Doing): Promise<Statuses> {
  const { start, submit } = client.responses;
  const statusOf = async ({ responseId: response_id }: Candidate) => {
    try {
      await (doing === 'start' ? start.mutate({ response_id }) : submit.mutate({ response_id }));
      return 200;
    } catch (error) {
      return isApiError(error) ? error.data?.httpStatus : undefined;
    }
  };
  return Promise.all(candidates.map(statusOf));
}
