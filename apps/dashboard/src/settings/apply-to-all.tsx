import { useId } from 'react';
import { useFormContext } from 'react-hook-form';
import { countedInterviews } from '../lib/counted.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import type { SettingsFormValues } from './form-values.ts';

interface ApplyToAllProps {
  /** How many AI interviews there are; undefined while, or where, that cannot be told. */
  count: number | undefined;
  locked: boolean;
}

export function ApplyToAll({ count, locked }: ApplyToAllProps) {
  const { register } = useFormContext<SettingsFormValues>();
  const id = useId();
  const none = count === 0;
  return (
    <div className="flex gap-3 p-4 sm:p-5">
      <span className="flex h-5 items-center">
        <Checkbox
          id={id}
          aria-describedby={`${id}-about`}
          disabled={locked || none}
          {...register('updateAll')}
        />
      </span>
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm font-medium">
          {applyLabel(count)}
        </label>
        <p id={`${id}-about`} className="mt-0.5 text-[13px]/5 text-ink-muted">
          {none
            ? 'There are none yet. Every AI interview you create uses the settings above.'
            : 'Otherwise they keep the settings they have, and only new AI interviews use these.'}
        </p>
      </div>
    </div>
  );
}

function applyLabel(count: number | undefined): string {
  if (count === undefined || count === 0) return 'Apply to all existing AI interviews';
  return count === 1
    ? 'Apply to the 1 existing AI interview'
    : `Apply to all ${count.toLocaleString('en')} existing AI interviews`;
}

/** `all 12 AI interviews`, for sentences. */
export function allInterviews(count: number | undefined): string {
  if (count === undefined) return 'all AI interviews';
  return count === 1 ? countedInterviews(count) : `all ${countedInterviews(count)}`;
}
