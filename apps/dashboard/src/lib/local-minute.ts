const MINUTE_MS = 60_000;

/** A time as a `datetime-local` field has it, in the viewer's zone; nothing for none. */
export function localMinute(iso: string | undefined): string {
  if (iso === undefined || iso === '') return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

/** The counterpart of {@link localMinute}. */
export function isoOfLocalMinute(local: string): string | undefined {
  return local === '' ? undefined : new Date(local).toISOString();
}

/** The same moment in the form of the family's dates, `YYYY-MM-DD HH:MM` in GMT; null for none. */
export function gmtOfLocalMinute(local: string): string | null {
  return isoOfLocalMinute(local)?.slice(0, 16).replace('T', ' ') ?? null;
}
