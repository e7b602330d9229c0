import type { Overview } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatCount, formatRate } from '../lib/figures.ts';
import { Moment } from '../ui/moment.tsx';
import { waitingInAll } from './waiting.ts';
import type { Way } from './way-in.tsx';

/** The four figures that say at a glance how it goes, each with the way to what it counts. */
export function KeyFigures({ overview }: { overview: Overview }) {
  const { total, waiting, from, to } = overview;
  const pending = waitingInAll(waiting);
  const inRange = { from, to };
  return (
    <dl className="grid gap-px overflow-hidden rounded-xl border border-line bg-line shadow-card grid-cols-2 lg:grid-cols-4">
      <Figure
        name="Success rate"
        way={{ to: '/deliveries', search: inRange }}
        about={total.success_rate === null ? 'Nothing has ended yet' : 'Of what was received or given up'}
      >
        {total.success_rate === null ? '–' : formatRate(total.success_rate)}
      </Figure>
      <Figure
        name="Delivered"
        way={{ to: '/deliveries', search: { state: 'delivered', ...inRange } }}
        about={repeated(total.retried)}
      >
        {formatCount(total.delivered)}
      </Figure>
      <Figure
        name="Given up"
        bad={total.failed > 0}
        way={{ to: '/deliveries', search: { state: 'failed', ...inRange } }}
        about={total.cancelled > 0 ? `And ${formatCount(total.cancelled)} cancelled` : 'And none cancelled'}
      >
        {formatCount(total.failed)}
      </Figure>
      <Figure
        name="Waiting"
        way={{ to: '/deliveries', search: { state: 'pending' } }}
        about={
          waiting.next_attempt_at === null ? (
            'Nothing waits'
          ) : (
            <>
              Next attempt <Moment at={waiting.next_attempt_at} ahead />
            </>
          )
        }
      >
        {formatCount(pending.count)}
        {pending.more && '+'}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  name: string;
  about: ReactNode;
  way: Way;
  bad?: boolean;
  children: ReactNode;
}

function Figure({ name, about, way, bad = false, children }: FigureProps) {
  return (
    <div className="relative bg-surface px-4 py-4 transition-colors hover:bg-hover/60 sm:px-5">
      <dt className="text-[13px]/5 font-medium text-ink-muted">
        <Link
          {...way}
          className="outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink"
        >
          {name}
        </Link>
      </dt>
      <dd className={`mt-1 text-2xl font-semibold tracking-tight tabular-nums ${bad ? 'text-danger' : ''}`}>
        {children}
      </dd>
      <dd className="relative mt-1 text-xs/5 text-ink-muted">{about}</dd>
    </div>
  );
}

function repeated(attempts: number): string {
  if (attempts === 0) return 'No attempt had to be repeated';
  return attempts === 1 ? '1 attempt was repeated' : `${formatCount(attempts)} attempts were repeated`;
}
