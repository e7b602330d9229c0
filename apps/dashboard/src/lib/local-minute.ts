import { z } from 'zod';

const MINUTE_MS = 60_000;

/** A time as a `datetime-local` field has it, in the viewer's zone; nothing for none. */
export function localMinute(iso: string | undefined): string {
  if (iso === undefined || iso === '') return '';
  const at = new Date(iso);
  // What was typed and cannot be read stays where it can be corrected.
  if (isoOfLocalMinute(iso) === undefined) return iso;
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

/**
 * The counterpart of {@link localMinute}. Undefined also for what the API has no form for: browsers take years of five
 * and six digits.
 */
export function isoOfLocalMinute(local: string): string | undefined {
  const at = new Date(local);
  if (Number.isNaN(at.getTime())) return undefined;
  const iso = at.toISOString();
  return /^\d{4}-/.test(iso) ? iso : undefined;
}

const YEAR_FAULT = 'must have a year of four digits';

/** What is wrong with what a `datetime-local` field holds; it may be empty. */
export function localMinuteFault(local: string): string | undefined {
  return local === '' || isoOfLocalMinute(local) !== undefined ? undefined : YEAR_FAULT;
}

/** What a `datetime-local` field of a form may hold. */
export const LocalMinute = z
  .string()
  .refine((local) => localMinuteFault(local) === undefined, { error: YEAR_FAULT });

/** The same moment in the form of the family's dates, `YYYY-MM-DD HH:MM` in GMT; null for none. */
export function gmtOfLocalMinute(local: string): string | null {
  return isoOfLocalMinute(local)?.slice(0, 16).replace('T', ' ') ?? null;
}
