export type { ApiContext, SessionCookie } from './context.ts';
export { createLimits, type Limits } from './limits.ts';
export { problemOf, type ProblemAnswer, TransportError } from './problems.ts';
export { type AppRouter, appRouter } from './router.ts';
export { authorize } from './trpc.ts';
export { callProcedure, type ProcedureName, scopeOf } from './procedures.ts';
