import {
  callProcedure,
  problemOf,
  type ProcedureName,
  procedureType,
  trpcErrorOf,
} from '@interview-webhooks/api';
import { getTRPCErrorFromUnknown, type TRPCError } from '@trpc/server';
import { getHTTPStatusCode } from '@trpc/server/http';
import type { TRPCResponse } from '@trpc/server/rpc';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonBody } from './input/json-bodies.ts';
import { requireDepth } from './input/strict-json.ts';
import type { ContextOf } from './request-context.ts';
import { logRefusal } from './request-log.ts';

/** The most calls that one request may make. */
export const MAX_BATCH = 20;

/** The calls of one request: queries by GET, mutations by POST. */
interface PlainCalls {
  names: readonly ProcedureName[];
  /** What each of them is given. */
  inputs: readonly unknown[];
  /** Whether the answer is a list, because the request is one. */
  isBatch: boolean;
}

/** The name in the address; several, separated by commas, where it is a batch. */
export function pathOf({ params }: FastifyRequest): string {
  return (params as { path: string }).path; // as the route says
}

/**
 * What a request asks for in tRPC's protocol (https://trpc.io/docs/rpc), where all of it is queries or mutations that exist,
 * written as the protocol has it and to be answered as JSON. Undefined for everything else.
 */
export function plainCalls(request: FastifyRequest): PlainCalls | undefined {
  const { batch, connectionParams } = request.query as Record<string, unknown>; // Fastify's parser makes an object
  const isBatch = batch === '1';
  const isKnown = (isBatch || batch === undefined) && connectionParams === undefined;
  if (!isKnown || !isPlain(request)) return undefined;
  const path = pathOf(request);
  const names = isBatch ? path.split(',') : [path];
  const type = request.method === 'POST' ? 'mutation' : 'query';
  if (names.length > MAX_BATCH || !names.every((name) => procedureType(name) === type)) return undefined;
  const given = type === 'mutation' ? bodyOf(request) : queryInputOf(request);
  const inputs = given && (isBatch ? inputsIn(given.value, names.length) : [given.value]);
  return inputs && { names: names as ProcedureName[], inputs, isBatch }; // each has a type, so it exists
}

/** Whether it is answered as JSON and not as a stream, and says nothing that tRPC would read its input by. */
function isPlain({ method, headers }: FastifyRequest): boolean {
  if (headers['trpc-accept'] !== undefined || headers.accept?.includes('jsonl')) return false;
  return method === 'POST' || (method === 'GET' && headers['content-type'] === undefined);
}

function bodyOf({ body }: FastifyRequest): { value: unknown } {
  return (body as JsonBody | undefined) ?? { value: {} }; // as the parser of bodies makes it
}

/**
 * Undefined where it cannot be read.
 *
 * @throws TransportError `malformed-request` where it is nested too deep
 */
function queryInputOf({ query }: FastifyRequest): { value: unknown } | undefined {
  const { input } = query as Record<string, unknown>; // as above
  if (input === undefined || input === '') return { value: undefined };
  if (typeof input !== 'string') return undefined;
  requireDepth(input);
  try {
    return { value: JSON.parse(input) as unknown };
  } catch {
    return undefined;
  }
}

/** A batch has an object of them, by their places. */
function inputsIn(value: unknown, count: number): unknown[] | undefined {
  const inputs = value === undefined ? {} : value;
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) return undefined;
  return Array.from({ length: count }, (_none, place) => (inputs as Record<number, unknown>)[place]);
}

/** Does the calls of a request side by side. @returns the answer's body; its status and headers are set */
export async function answersTo(
  { names, inputs, isBatch }: PlainCalls,
  { request, reply, contextOf }: { request: FastifyRequest; reply: FastifyReply; contextOf: ContextOf },
): Promise<unknown> {
  let retryAfterSeconds = 0;
  const answer = async (name: ProcedureName, place: number): Promise<TRPCResponse> => {
    try {
      const context = contextOf(request, reply, names.length);
      return { result: { data: await callProcedure(name, context, inputs[place]) } };
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown);
      const { problem, retryAfterSeconds: seconds = 0 } = noteFailure(error, request, name);
      retryAfterSeconds = Math.max(retryAfterSeconds, seconds);
      return { error: trpcErrorOf(problem, error.code) };
    }
  };
  const answers = await Promise.all(names.map(answer));
  if (retryAfterSeconds > 0) reply.header('retry-after', retryAfterSeconds);
  reply.header('vary', 'trpc-accept, accept').code(getHTTPStatusCode(answers));
  return isBatch ? answers : answers[0];
}

/** Logs what nobody foresaw, and what refuses somebody. */
export function noteFailure(error: TRPCError, request: FastifyRequest, procedure?: string) {
  const answer = problemOf(error, request.id);
  const { status, title } = answer.problem;
  if (status >= 500) request.log.error({ err: error.cause ?? error }, title);
  logRefusal(error.cause ?? error, request, procedure);
  return answer;
}
