import type { Overview, OverviewRange } from '@interview-webhooks/schema';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { useTitle } from '../app/use-title.ts';
import { DemoNotice } from '../demo/demo-notice.tsx';
import { failureOf } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { NotConnectedWhileStale } from '../ui/not-connected.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { Attention } from './attention.tsx';
import { FirstSteps } from './first-steps.tsx';
import { KeyFigures } from './key-figures.tsx';
import { OutcomeCard } from './outcome-card.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { DEFAULT_RANGE, useOverviewSearch } from './overview-search.ts';
import { WaitingCard } from './waiting-card.tsx';
import { WebhookFiguresCard } from './webhook-figures-card.tsx';

const REFRESH_MS = 15_000;

const ranges = [
  { value: '24h', label: '24 hours' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
] as const satisfies { value: OverviewRange; label: string }[];

/** How the webhooks are doing, and what needs somebody. */
export function OverviewPage() {
  useTitle('Overview');
  const { range, view } = useOverviewSearch();
  const mayRead = useScope('deliveries:read');
  const overview = trpc.overview.get.useQuery(
    // Where the viewer's days begin, today.
    { range, utc_offset_minutes: -new Date().getTimezoneOffset() },
    { enabled: mayRead, refetchInterval: REFRESH_MS, placeholderData: keepPreviousData },
  );
  const fresh = overview.data?.checklist.has_deliveries === false;
  return (
    <Page>
      <PageHeader
        title="Overview"
        description={
          fresh ? 'Welcome. Here is how to get going.' : 'How your webhooks are doing, and what needs you.'
        }
        actions={mayRead && !fresh && <RangeChoice range={range} />}
      />
      <DemoNotice />
      {!mayRead && (
        <MissingScope scope="deliveries:read" title="You cannot see deliveries" className="mt-6" />
      )}
      {mayRead && overview.isPending && <OverviewSkeleton />}
      <NotConnectedWhileStale query={overview} className="mt-6" />
      {overview.isLoadingError && (
        <FailureNotice
          className="mt-6"
          heading="The figures could not be loaded"
          failure={failureOf(overview.error)}
          onRetry={() => void overview.refetch()}
        />
      )}
      {overview.data && <Attention overview={overview.data} />}
      {overview.data &&
        (fresh ? (
          <FirstSteps checklist={overview.data.checklist} />
        ) : (
          <Figures overview={overview.data} view={view} />
        ))}
    </Page>
  );
}

interface FiguresProps {
  overview: Overview;
  view: 'chart' | 'table';
}

function Figures({ overview, view }: FiguresProps) {
  return (
    <div className="mt-6 grid gap-4">
      <KeyFigures overview={overview} />
      <OutcomeCard overview={overview} view={view} />
      <div className="grid gap-4 lg:grid-cols-2">
        <WebhookFiguresCard overview={overview} />
        <WaitingCard waiting={overview.waiting} />
      </div>
    </div>
  );
}

function RangeChoice({ range }: { range: OverviewRange }) {
  const navigate = useNavigate();
  const name = useId();
  return (
    <SegmentedControl
      label="Range"
      options={ranges}
      radio={({ value }) => ({
        name,
        checked: value === range,
        onChange: () => {
          void navigate({
            to: '/overview',
            search: (current) => ({ ...current, range: value === DEFAULT_RANGE ? undefined : value }),
            resetScroll: false,
          });
        },
      })}
    />
  );
}
