import { useTitle } from '../app/use-title.ts';
import { failureOf } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { isNeverConfigured } from './form-values.ts';
import { LastChanged } from './last-changed.tsx';
import { SettingsForm } from './settings-form.tsx';
import { SettingsSkeleton } from './settings-skeleton.tsx';

export function SettingsPage() {
  useTitle('Settings');
  const settings = trpc.settings.webhookSettings.useQuery();
  const mayWrite = useScope('settings:write');
  return (
    <Page width="form">
      <PageHeader
        title="Webhook settings"
        description="Where your systems hear that a candidate started or submitted an AI interview."
      />
      <div className="mt-1 min-h-5">
        {settings.data ? <LastChanged /> : <Skeleton className="h-4 w-72" />}
      </div>
      {settings.data && !mayWrite && (
        <MissingScope scope="settings:write" title="You can look, but not change anything" className="mt-6" />
      )}
      {settings.data && mayWrite && isNeverConfigured(settings.data) && (
        <Notice title="No webhooks yet" className="mt-6">
          <p className="text-ink-muted">Enter the URL of your receiver, turn its webhook on and save.</p>
        </Notice>
      )}
      {settings.isPending && <SettingsSkeleton />}
      {settings.isLoadingError && (
        <FailureNotice
          className="mt-8"
          heading="The settings could not be loaded"
          failure={failureOf(settings.error)}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data && <SettingsForm stored={settings.data} locked={!mayWrite} />}
    </Page>
  );
}
