import { MissingScopeError, nextAnswers, type Principal } from '@interview-webhooks/domain';
import type { Problem, Scope } from '@interview-webhooks/schema';
import { initTRPC, TRPCError } from '@trpc/server';
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

export const { router, createCallerFactory } = t;

const base = t.procedure.use(async ({ ctx, meta, type, next }) => {
  const isBounded = type !== 'subscription' && !meta?.takesLonger;
  const result = await (isBounded ? byDeadline(ctx.answerByMs, () => next()).catch(asTrpcError) : next());
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** As tRPC dresses up what a procedure throws. */
function asTrpcError(cause: unknown): never {
  throw toTrpcError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }));
}

/** A procedure that anyone may call: only what signing in and out needs. */
export const openProcedure = base;

/** A procedure for API keys and sessions that hold `scope`. */
export function procedure(scope: Scope) {
  return base.meta({ scope }).use(async ({ ctx, next }) => next({ ctx: await authorize(ctx, scope) }));
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
 * Who asks, if they may.
 *
 * @throws UnauthenticatedError, MissingScopeError, RateLimitError
 */
export async function authorize(
  ctx: Pick<ApiContext, 'answerByMs' | 'authenticate'>,
  scope: Scope,
): Promise<Principal> {
  const principal = await byDeadline(ctx.answerByMs, ctx.authenticate);
  if (!principal.scopes.includes(scope)) throw new MissingScopeError(scope);
  return principal;
}
