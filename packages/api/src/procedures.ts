import type { Scope } from '@interview-webhooks/schema';
import type { z } from 'zod';
import type { ApiContext } from './context.ts';
import { type AppRouter, appRouter, createCaller } from './router.ts';
import type { ProcedureMeta } from './trpc.ts';

type Procedures = AppRouter['_def']['record'];

/** Every procedure by its full name, for example `settings.updateWebhookSettings`. */
export type ProcedureName = {
  [Group in keyof Procedures]: `${Group}.${keyof Procedures[Group] & string}`;
}[keyof Procedures];

/** What the router keeps of a procedure. */
interface Definition {
  meta?: ProcedureMeta;
  inputs: readonly z.ZodType[];
  output: z.ZodType;
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

/** What a procedure takes, if anything, and what it answers. */
export function schemasOf(name: ProcedureName): { input: z.ZodType | undefined; output: z.ZodType } {
  const { inputs, output } = definitionOf(name);
  return { input: inputs[0], output };
}

/** Calls a procedure with input that nobody has checked yet: the procedure does. */
export function callProcedure(name: ProcedureName, context: ApiContext, input: unknown): Promise<unknown> {
  const [group, procedure] = name.split('.') as [string, string]; // a ProcedureName has exactly one dot
  const caller = createCaller(context) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  const call = caller[group]?.[procedure];
  if (!call) throw new Error(`there is no procedure ${name}`);
  return call(input);
}
