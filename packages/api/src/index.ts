export type { ApiContext, SessionCookie } from './context.ts';
export { CALL_DEADLINE_MS } from './deadline.ts';
export { createLimits, type LimitOptions, type Limits } from './limits.ts';
export { problemKinds, problemOf, type ProblemAnswer, TransportError } from './problems.ts';
export { type AppRouter, appRouter } from './router.ts';
export { authorize, trpcErrorOf } from './trpc.ts';
export {
  callProcedure,
  isForPages,
  type ProcedureName,
  procedureType,
  schemasOf,
  scopeOf,
} from './procedures.ts';
