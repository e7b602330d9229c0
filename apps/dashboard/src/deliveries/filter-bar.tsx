import { type Delivery, type DeliveryFilter, DeliveryState, EventType } from '@interview-webhooks/schema';
import { ListFilter } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { SearchInput } from '../ui/search-input.tsx';
import { Select } from '../ui/select.tsx';
import { useFilterChange } from './deliveries-search.ts';
import { eventName } from './event-name.ts';
import { FilterChips } from './filter-chips.tsx';
import { FilterDialog } from './filter-dialog.tsx';
import { stateName, statusClassName } from './filter-words.ts';
import { useKnownNames } from './use-known-names.ts';

interface FilterBarProps {
  filter: DeliveryFilter;
  /** One that matches: it knows names that the filter has the ids of. */
  sample: Delivery | undefined;
}

/** Which deliveries are shown: text and the usual filters at once, all of them in a dialog, the active ones below. */
export function FilterBar({ filter, sample }: FilterBarProps) {
  const [asking, setAsking] = useState(false);
  const change = useFilterChange();
  const known = useKnownNames(filter, sample);
  return (
    <div role="search" aria-label="Deliveries" onKeyDown={toFirstRow} className="mt-6 mb-4 grid gap-3">
      <div className="flex items-center gap-2">
        <SearchInput
          label="Name or e-mail"
          value={filter.text ?? ''}
          onSearch={(text) => {
            // One step back leads out of the search, not through its letters.
            change({ text: text.trim() === '' ? undefined : text }, { replace: filter.text !== undefined });
          }}
        />
        <Quick name="state" label="State" names={stateName} options={DeliveryState.options} filter={filter} />
        <Quick name="event" label="Event" names={eventName} options={EventType.options} filter={filter} />
        <Quick
          name="status_class"
          label="Answer"
          names={statusClassName}
          options={Object.keys(statusClassName)}
          filter={filter}
        />
        <Button
          aria-haspopup="dialog"
          onClick={() => {
            setAsking(true);
          }}
        >
          <ListFilter aria-hidden className="size-4" />
          <span className="max-lg:hidden">More</span>
          <span className="lg:sr-only">Filters</span>
        </Button>
      </div>
      <FilterChips filter={filter} known={known} />
      {asking && (
        <FilterDialog
          filter={filter}
          known={known}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

/** From the search field on to what was found. */
function toFirstRow(event: KeyboardEvent<HTMLElement>): void {
  const fromSearch = event.target instanceof HTMLInputElement && event.target.type === 'search';
  if (!fromSearch || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return;
  event.preventDefault();
  document.querySelector<HTMLElement>('main [data-row]')?.focus();
}

interface QuickProps<Value extends string> {
  name: 'state' | 'event' | 'status_class';
  label: string;
  names: Readonly<Record<Value, string>>;
  options: readonly Value[];
  filter: DeliveryFilter;
}

function Quick<Value extends string>({ name, label, names, options, filter }: QuickProps<Value>) {
  const change = useFilterChange();
  return (
    <Select
      aria-label={label}
      value={filter[name] ?? ''}
      onChange={(event) => {
        change({ [name]: event.target.value });
      }}
      options={[{ value: '', label }, ...options.map((value) => ({ value, label: names[value] }))]}
      className="w-36 max-lg:hidden"
    />
  );
}
