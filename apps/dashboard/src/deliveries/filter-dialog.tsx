import { DeliveryFilter, DeliveryState, EventType } from '@interview-webhooks/schema';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isoOfLocalMinute, localMinute, localMinuteFault } from '../lib/local-minute.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { checkedSearch } from '../app/checked-search.ts';
import { eventName } from './event-name.ts';
import { type KnownNames, stateName, statusClassName } from './filter-words.ts';
import { InterviewPicker } from './interview-picker.tsx';

interface FilterDialogProps {
  filter: DeliveryFilter;
  known: KnownNames;
  onClose: () => void;
}

type Draft = Partial<Record<keyof DeliveryFilter, string>>;

/** Every filter there is, to be applied together. */
export function FilterDialog({ filter, known, onClose }: FilterDialogProps) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(filter);
  const set = (change: Draft) => {
    setDraft((now) => ({ ...now, ...change }));
  };
  const apply = (wanted: Draft) => {
    const search = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
    onClose();
    void navigate({ to: '.', search: checkedSearch(DeliveryFilter, search) });
  };
  return (
    <Dialog title="Filter deliveries" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (timeFaults(draft).length === 0) apply(draft);
        }}
        className="grid gap-4"
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <Choice
            label="State"
            value={draft.state}
            names={stateName}
            options={DeliveryState.options}
            onChange={(state) => {
              set({ state });
            }}
          />
          <Choice
            label="Event"
            value={draft.event}
            names={eventName}
            options={EventType.options}
            onChange={(event) => {
              set({ event });
            }}
          />
          <Choice
            label="Answer"
            value={draft.status_class}
            names={statusClassName}
            options={Object.keys(statusClassName)}
            onChange={(status_class) => {
              set({ status_class });
            }}
          />
        </div>
        <InterviewPicker
          id={draft.ai_interview_id}
          name={draft.ai_interview_id === filter.ai_interview_id ? known.interview : undefined}
          onPick={(ai_interview_id) => {
            set({ ai_interview_id });
          }}
        />
        <Field label="Response" hint="The response_id of one candidate’s way through one AI interview.">
          {(control) => (
            <TextInput
              {...control}
              mono
              value={draft.response_id ?? ''}
              onChange={(event) => {
                set({ response_id: event.target.value.trim() });
              }}
            />
          )}
        </Field>
        <TimeRange from={draft.from} to={draft.to} onChange={set} />
        <div className="mt-2 flex gap-2 max-sm:flex-col-reverse sm:justify-end">
          <Button
            onClick={() => {
              apply({});
            }}
          >
            Clear all
          </Button>
          <Button type="submit" look="primary">
            Apply
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: string | undefined;
  names: Readonly<Record<Value, string>>;
  options: readonly Value[];
  onChange: (value: string) => void;
}

function Choice<Value extends string>({ label, value = '', names, options, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          options={[
            { value: '', label: 'Any' },
            ...options.map((one) => ({ value: one, label: names[one] })),
          ]}
        />
      )}
    </Field>
  );
}

const HOUR_MS = 3_600_000;
const ranges = [
  { name: 'Last hour', ms: HOUR_MS },
  { name: 'Last 24 hours', ms: 24 * HOUR_MS },
  { name: 'Last 7 days', ms: 7 * 24 * HOUR_MS },
];

interface TimeRangeProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (range: { from?: string | undefined; to?: string | undefined }) => void;
}

/** What is typed as a time and is none stays in the draft as it is. */
function timeFaults({ from, to }: Draft): string[] {
  return [from, to].flatMap((time) => localMinuteFault(localMinute(time)) ?? []);
}

/** When it happened, in the viewer's time. */
function TimeRange({ from, to, onChange }: TimeRangeProps) {
  return (
    <fieldset>
      <legend className="sr-only">When it happened</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Since" fault={localMinuteFault(localMinute(from))}>
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              value={localMinute(from)}
              onChange={(event) => {
                onChange({ from: isoOfLocalMinute(event.target.value) ?? event.target.value });
              }}
            />
          )}
        </Field>
        <Field label="Before" fault={localMinuteFault(localMinute(to))}>
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              value={localMinute(to)}
              onChange={(event) => {
                onChange({ to: isoOfLocalMinute(event.target.value) ?? event.target.value });
              }}
            />
          )}
        </Field>
      </div>
      <div className="mt-2.5 flex flex-wrap gap-2">
        {ranges.map(({ name, ms }) => (
          <Button
            key={name}
            className="h-9 sm:h-8"
            onClick={() => {
              onChange({ from: new Date(Date.now() - ms).toISOString(), to: undefined });
            }}
          >
            {name}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
