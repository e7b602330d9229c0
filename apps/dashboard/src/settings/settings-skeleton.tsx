import { Card } from '../ui/section.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** The page's shape while the settings are on their way. */
export function SettingsSkeleton() {
  return (
    <div role="status" aria-label="Loading the settings" className="divide-y divide-line">
      {[2, 1, 1].map((rows, section) => (
        <div key={section} className="grid gap-x-12 gap-y-4 py-8 lg:grid-cols-[15rem_minmax(0,1fr)]">
          <div>
            <Skeleton className="h-4 w-28" />
            <Skeleton className="mt-3 h-3 w-full max-w-56" />
            <Skeleton className="mt-2 h-3 w-40" />
          </div>
          <Card>
            {Array.from({ length: rows }, (_, row) => (
              <div key={row} className="p-4 sm:p-5">
                <Skeleton className="h-4 w-40" />
                <Skeleton className="mt-4 h-9 w-full" />
              </div>
            ))}
          </Card>
        </div>
      ))}
    </div>
  );
}
