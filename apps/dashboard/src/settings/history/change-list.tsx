import { ArrowRight } from 'lucide-react';
import type { Change } from './difference.ts';

/** Fields with what they were and what they are. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <dl className="grid gap-x-4 gap-y-1 text-[13px]/5 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-ink-muted max-sm:mt-1">{field}</dt>
          <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <del className="wrap-anywhere text-ink-muted decoration-danger/60">{before}</del>
            <ArrowRight
              role="img"
              aria-label="is now"
              className="size-3 shrink-0 self-center text-ink-muted"
            />
            <ins className="font-medium wrap-anywhere no-underline">{after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
