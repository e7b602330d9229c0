import type { InboxAnswer } from '@interview-webhooks/schema';
import { useId } from 'react';
import { Panel } from '../ui/panel.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { answers } from './answers.ts';

interface AnswerChoiceProps {
  mode: InboxAnswer['mode'];
  onChoose: (mode: InboxAnswer['mode']) => void;
  locked: boolean;
}

/** Tells the inbox how to answer, so that failures and retries can be watched. */
export function AnswerChoice({ mode, onChoose, locked }: AnswerChoiceProps) {
  const name = useId();
  return (
    <Panel title="Answer from now on">
      <div className="px-4 pb-4 sm:px-5">
        <SegmentedControl
          label="Answer from now on"
          options={answers}
          radio={({ value }) => ({
            name,
            disabled: locked,
            checked: value === mode,
            onChange: () => {
              onChoose(value);
            },
          })}
        />
        <p aria-live="polite" className="mt-3 text-[13px]/5 text-ink-muted">
          {answers.find(({ value }) => value === mode)?.about}
        </p>
      </div>
    </Panel>
  );
}
