import { Skeleton } from '../ui/skeleton.tsx';

const frame = 'rounded-xl border border-line bg-surface shadow-card';

/** The page's shape while the figures are on their way. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the overview" className="mt-6 grid gap-4">
      <div className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line lg:grid-cols-4">
        {Array.from({ length: 4 }, (_, figure) => (
          <div key={figure} className="h-[7.25rem] bg-surface px-5 py-4">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="mt-3 h-7 w-20" />
            <Skeleton className="mt-3 h-3 w-32 max-w-full" />
          </div>
        ))}
      </div>
      <div className={`${frame} h-[20.75rem] p-5`}>
        <Skeleton className="h-4 w-44" />
        <Skeleton className="mt-8 h-56 w-full" />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {[0, 1].map((card) => (
          <div key={card} className={`${frame} h-64 p-5`}>
            <Skeleton className="h-4 w-44" />
            <Skeleton className="mt-8 h-4 w-full" />
            <Skeleton className="mt-4 h-4 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
