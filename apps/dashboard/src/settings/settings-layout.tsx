import { Link, Outlet } from '@tanstack/react-router';
import { trpc } from '../lib/trpc.ts';
import { Page, PageHeader } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LastChanged } from './last-changed.tsx';

const parts = [
  { to: '/settings', name: 'Webhooks' },
  { to: '/settings/signing', name: 'Signing' },
  { to: '/settings/payloads', name: 'Payloads' },
  { to: '/settings/history', name: 'History' },
] as const;

/** What the pages of the settings have in common. */
export function SettingsLayout() {
  const settings = trpc.settings.webhookSettings.useQuery();
  return (
    <Page width="form">
      <PageHeader
        title="Webhook settings"
        description="Where your systems hear that a candidate started or submitted an AI interview."
      />
      <div className="mt-1 min-h-5">
        {settings.data ? <LastChanged /> : settings.isPending && <Skeleton className="h-4 w-72" />}
      </div>
      <nav
        aria-label="Webhook settings"
        className="mt-5 -mb-8 flex gap-5 overflow-x-auto border-b border-line"
      >
        {parts.map(({ to, name }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            className="-mb-px border-b-2 border-transparent pt-1.5 pb-2.5 text-[13px] font-medium text-ink-muted transition-colors -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {name}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
