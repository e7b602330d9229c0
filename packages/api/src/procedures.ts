import type { Scope } from '@interview-webhooks/schema';
import { callTRPCProcedure, type TRPCProcedureType } from '@trpc/server';
import type { z } from 'zod';
import type { ApiContext } from './context.ts';
import { type AppRouter, appRouter } from './router.ts';
import type { ProcedureMeta } from './trpc.ts';

type Procedures = AppRouter['_def']['record'];

/** Every procedure by its full name, for example `settings.updateWebhookSettings`. */
export type ProcedureName = {
  [Group in keyof Procedures]: `${Group}.${keyof Procedures[Group] & string}`;
}[keyof Procedures];

/** A schema as {@link sync} gives it. */
interface Parsed {
  schema: z.ZodType;
}

/** What the router keeps of a procedure. */
interface Definition {
  type: TRPCProcedureType;
  meta?: ProcedureMeta;
  inputs: readonly Parsed[];
  /** Absent of a subscription. */
  output?: Parsed;
}

// The router keeps its procedures under their full names; its types only know the nested form.
const definitions = appRouter._def.procedures as unknown as Record<ProcedureName, { _def: Definition }>;

function definitionOf(name: ProcedureName): Definition {
  return definitions[name]._def;
}

/** The scope a procedure asks for; undefined where it is open to all. */
export function scopeOf(name: ProcedureName): Scope | undefined {
  return definitionOf(name).meta?.scope;
}

/** Whether `name` is a procedure that only a page of this very origin may call. */
export function isForPages(name: string): boolean {
  return Object.hasOwn(definitions, name) && definitionOf(name as ProcedureName).meta?.forPages === true; // it is one
}

/** Whether `name` is a query, a mutation or a subscription; undefined where there is no such procedure. */
export function procedureType(name: string): TRPCProcedureType | undefined {
  return Object.hasOwn(definitions, name) ? definitionOf(name as ProcedureName).type : undefined; // it is one
}

/** What a procedure takes and answers, where it has a schema for it. */
export function schemasOf(name: ProcedureName): {
  input: z.ZodType | undefined;
  output: z.ZodType | undefined;
} {
  const { inputs, output } = definitionOf(name);
  return { input: inputs[0]?.schema, output: output?.schema };
}

/** Calls a procedure with input that nobody has checked yet: the procedure does. */
export function callProcedure(name: ProcedureName, ctx: ApiContext, input: unknown): Promise<unknown> {
  return callTRPCProcedure({
    router: appRouter,
    path: name,
    type: definitionOf(name).type,
    ctx,
    getRawInput: () => Promise.resolve(input),
    signal: undefined,
    batchIndex: 0,
  });
}
