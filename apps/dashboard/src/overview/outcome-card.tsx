import type { Overview } from '@interview-webhooks/schema';
import { useNavigate } from '@tanstack/react-router';
import { ChartColumn, Table2 } from 'lucide-react';
import { useId } from 'react';
import { cx } from '../ui/cx.ts';
import { Panel } from '../ui/panel.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { bucketEnd } from './bucket-times.ts';
import { OutcomeChart } from './outcome-chart.tsx';
import { OutcomeTable } from './outcome-table.tsx';
import { outcomes } from './outcomes.ts';

const views = [
  { value: 'chart', label: 'As a chart', icon: ChartColumn },
  { value: 'table', label: 'As a table', icon: Table2 },
] as const;

interface OutcomeCardProps {
  overview: Overview;
  view: 'chart' | 'table';
}

/** Deliveries over time, as a chart or as a table. */
export function OutcomeCard({ overview, view }: OutcomeCardProps) {
  const navigate = useNavigate();
  const name = useId();
  return (
    <Panel
      title="Deliveries by outcome"
      action={
        <SegmentedControl
          label="Deliveries over time"
          options={views}
          radio={({ value }) => ({
            name,
            checked: value === view,
            onChange: () => {
              void navigate({
                to: '/overview',
                search: (current) => ({ ...current, view: value === 'table' ? value : undefined }),
                replace: true,
                resetScroll: false,
              });
            },
          })}
        />
      }
    >
      {view === 'table' ? (
        <OutcomeTable overview={overview} />
      ) : (
        <div className="px-4 pb-4 sm:px-5">
          <ul className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
            {outcomes.map(({ outcome, label, swatch }) => (
              <li key={outcome} className="flex items-center gap-1.5">
                <span aria-hidden className={cx('size-2.5 rounded-[3px]', swatch)} />
                {label}
              </li>
            ))}
          </ul>
          <OutcomeChart
            overview={overview}
            onOpen={({ at }) => {
              const search = { from: at, to: bucketEnd(at, overview.bucket_hours) };
              void navigate({ to: '/deliveries', search });
            }}
          />
        </div>
      )}
    </Panel>
  );
}
