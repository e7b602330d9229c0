import type { Checklist } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Check } from 'lucide-react';
import { Panel } from '../ui/panel.tsx';
import { type FirstStep, firstSteps } from './steps.ts';

/** What to do next in a workspace that has not sent anything yet. */
export function FirstSteps({ checklist }: { checklist: Checklist }) {
  const steps = firstSteps(checklist);
  const next = steps.find(({ done }) => !done);
  return (
    <Panel title="Your first webhook" className="mt-6 max-w-3xl">
      <p className="-mt-2 px-4 pb-4 text-[13px]/5 text-ink-muted sm:px-5">
        Nothing has been sent yet. These steps take a few minutes; then this page shows how your webhooks are
        doing.
      </p>
      <ol className="divide-y divide-line border-t border-line">
        {steps.map((step, index) => (
          <Step key={step.title} step={step} number={index + 1} next={step === next} />
        ))}
      </ol>
    </Panel>
  );
}

interface StepProps {
  step: FirstStep;
  number: number;
  next: boolean;
}

function Step({ step: { title, about, done, way }, number, next }: StepProps) {
  return (
    <li className="flex gap-4 px-4 py-4 sm:px-5" aria-current={next ? 'step' : undefined}>
      <span
        className={`grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold ${look({ done, next })}`}
      >
        {done ? <Check role="img" aria-label="Done" className="size-3.5" strokeWidth={3} /> : number}
      </span>
      <div className="flex min-w-0 grow flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 grow basis-64">
          <p className="text-sm font-medium">{title}</p>
          <p className="mt-0.5 max-w-prose text-[13px]/5 text-ink-muted">{about}</p>
        </div>
        {!done && (
          <Link
            to={way.to}
            search={{}}
            className={`inline-flex h-9 shrink-0 items-center gap-1.5 rounded-lg px-3.5 text-[13px] font-medium transition-colors ${
              next
                ? 'bg-accent text-on-accent shadow-card hover:bg-accent-strong'
                : 'text-ink-muted hover:bg-hover hover:text-ink'
            }`}
          >
            {way.text}
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </li>
  );
}

function look({ done, next }: { done: boolean; next: boolean }): string {
  if (done) return 'bg-ok-soft text-ok';
  return next ? 'bg-accent-soft text-accent-ink' : 'bg-sunken text-ink-muted ring-1 ring-line ring-inset';
}
