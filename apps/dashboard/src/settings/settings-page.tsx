import { useTitle } from '../app/use-title.ts';
import { failureOf } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { isNeverConfigured } from './form-values.ts';
import { LastChanged } from './last-changed.tsx';
import { SettingsForm } from './settings-form.tsx';
import { SettingsSkeleton } from './settings-skeleton.tsx';

export function SettingsPage() {
  useTitle('Settings');
  const settings = trpc.settings.webhookSettings.useQuery();
  const mayWrite = useScope('settings:write');
  return (
    <>
      <h1 id="page-title" tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        Webhook settings
      </h1>
      <p className="mt-1.5 mb-2 max-w-prose text-ink-muted">
        Where your systems hear that a candidate started or submitted an AI interview.
      </p>
      {settings.data && <LastChanged />}
      {settings.data && !mayWrite && (
        <Notice title="You can look, but not change anything" className="mt-6">
          <p className="text-ink-muted">
            The API key you signed in with lacks the scope{' '}
            <code className="font-mono text-ink">settings:write</code>.
          </p>
        </Notice>
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
    </>
  );
}
