import { MissingScopeError, nextAnswers, type Principal } from '@interview-webhooks/domain';
import type { Problem, Scope } from '@interview-webhooks/schema';
import { getTRPCErrorFromUnknown, initTRPC, type TRPCError, type TRPCProcedureType } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { ApiContext } from './context.ts';
import { byDeadline } from './deadline.ts';
import { problemOf, toTrpcError } from './problems.ts';

/** The scope a procedure asks for; absent where the procedure is open to all. */
export interface ProcedureMeta {
  scope?: Scope;
  /** That only a page of this very origin may call it. */
  forPages?: true;
  /** That it has bounds of its own, wider than a call's deadline. */
  takesLonger?: true;
}

/**
 * A problem as tRPC's clients look for it. The stack tRPC adds outside production would show internals; the problem is all
 * a caller needs.
 */
export function trpcErrorOf(problem: Problem, code: TRPCError['code']) {
  return {
    message: problem.detail,
    code: TRPC_ERROR_CODES_BY_KEY[code],
    data: { code, httpStatus: problem.status, problem },
  };
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    sse: {
      // Tells both sides that the other one is there still, also where a proxy ends what is quiet.
      ping: { enabled: true, intervalMs: 5_000 },
      client: { reconnectAfterInactivityMs: 15_000 },
    },
    errorFormatter({ shape, error, ctx }) {
      const { problem } = problemOf(error, ctx?.requestId ?? '');
      return trpcErrorOf(problem, shape.data.code);
    },
  });

export const { router } = t;

/** A procedure that anyone may call: only what signing in and out needs. */
export const openProcedure = t.procedure.use(({ ctx, meta, type, next }) =>
  foreseen(isBounded(meta, type) ? byDeadline(ctx.answerByMs, () => next()) : next()),
);

/**
 * A procedure for API keys and sessions that hold `scope`.
 *
 * All that every call needs is one middleware, because tRPC copies its options, and the context where one is given, for each.
 * Who asks goes into the request's own context: it is the same in all calls of a batch, which share it.
 *
 * @param isAboutResponse whether the input names a response that is read in any case
 */
export function procedure(scope: Scope, { isAboutResponse = false } = {}) {
  return t.procedure.meta({ scope }).use(({ ctx, meta, type, getRawInput, next }) => {
    const proceed = (principal: Principal) => {
      // What a stream reads later has to be newer than its call.
      Object.assign(ctx, principal, type === 'subscription' && { askedAt: undefined });
      // The context goes on as it is; the type says what is in it now.
      return next<Principal>({});
    };
    const call = async () => {
      if (isAboutResponse) ctx.expectResponse(responseIdIn(await getRawInput()));
      return proceed(await permitted(ctx, scope));
    };
    return foreseen(
      isBounded(meta, type) ? byDeadline(ctx.answerByMs, call) : authorize(ctx, scope).then(proceed),
    );
  });
}

/** Nobody has checked the input yet. */
function responseIdIn(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'response_id' in input
    ? input.response_id
    : undefined;
}

function isBounded(meta: ProcedureMeta | undefined, type: TRPCProcedureType): boolean {
  return type !== 'subscription' && !meta?.takesLonger;
}

/** What a call comes to, or throws, with the code and the status that its cause means. */
async function foreseen<Result extends { ok: true } | { ok: false; error: TRPCError }>(
  call: Promise<Result>,
): Promise<Result> {
  const result = await call.catch((cause: unknown) => {
    throw toTrpcError(getTRPCErrorFromUnknown(cause));
  });
  if (!result.ok) throw toTrpcError(result.error);
  return result;
}

const answers = nextAnswers<unknown>();

/**
 * The same for a question whose answer depends on the workspace, the scopes and the input alone, never on who asks:
 * of those that are asked at the same moment, one goes to the database.
 */
export function sharedQuery(scope: Scope) {
  return procedure(scope).use(async ({ ctx, path, getRawInput, next }) => {
    const question = JSON.stringify([path, ctx.workspaceId, [...ctx.scopes].sort(), await getRawInput()]);
    // The same procedure's result, so of the same type.
    return (await answers(question, () => next())) as Awaited<ReturnType<typeof next>>;
  });
}

/**
 * Who asks, if they may, by the request's deadline.
 *
 * @throws UnauthenticatedError, MissingScopeError, RateLimitError, OperationDeadlineError
 */
export function authorize(
  ctx: Pick<ApiContext, 'answerByMs' | 'authenticate'>,
  scope: Scope,
): Promise<Principal> {
  return byDeadline(ctx.answerByMs, () => permitted(ctx, scope));
}

async function permitted(ctx: Pick<ApiContext, 'authenticate'>, scope: Scope): Promise<Principal> {
  const principal = await ctx.authenticate();
  if (!principal.scopes.includes(scope)) throw new MissingScopeError(scope);
  return principal;
}
