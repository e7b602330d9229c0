import type { DeliveryFilter } from '@interview-webhooks/schema';
import { X } from 'lucide-react';
import { useClearFilter, useFilterChange } from './deliveries-search.ts';
import { filterParts, type KnownNames } from './filter-words.ts';

interface FilterChipsProps {
  filter: DeliveryFilter;
  known: KnownNames;
}

/** What the list is narrowed to; each part goes with a press. */
export function FilterChips({ filter, known }: FilterChipsProps) {
  const change = useFilterChange();
  const clear = useClearFilter();
  const parts = filterParts(filter, known);
  if (parts.length === 0) return null;
  /** The pressed button goes: the focus is taken to where the next filter would be chosen. */
  const thenToSearch = (action: () => void) => () => {
    document.querySelector<HTMLElement>('main input[type=search]')?.focus();
    action();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ul aria-label="Active filters" className="contents">
        {parts.map(({ name, label, value }) => (
          <li key={name} className="max-w-full">
            <button
              type="button"
              onClick={thenToSearch(() => {
                change({ [name]: undefined });
              })}
              className="group inline-flex h-9 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-surface pr-2.5 pl-3.5 text-[13px] hover:bg-hover sm:h-7.5 sm:pr-2 sm:pl-3"
            >
              <span className="sr-only">Remove filter</span>
              <span className="text-ink-muted">{label}</span>
              <span className="truncate font-medium text-ink">{value}</span>
              <X aria-hidden className="size-3.5 shrink-0 text-ink-muted group-hover:text-ink" />
            </button>
          </li>
        ))}
      </ul>
      {parts.length > 1 && (
        <button
          type="button"
          onClick={thenToSearch(clear)}
          className="h-9 rounded-md px-2 text-[13px] font-medium text-accent-ink hover:underline sm:h-7.5"
        >
          Clear all
        </button>
      )}
    </div>
  );
}
