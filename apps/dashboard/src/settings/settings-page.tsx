import { useTitle } from '../app/use-title.ts';
import { failureOf } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { Notice } from '../ui/notice.tsx';
import { isNeverConfigured } from './form-values.ts';
import { SettingsForm } from './settings-form.tsx';
import { SettingsSkeleton } from './settings-skeleton.tsx';

/** Both webhooks and their authentication. */
export function SettingsPage() {
  useTitle('Settings');
  const settings = trpc.settings.webhookSettings.useQuery();
  const mayWrite = useScope('settings:write');
  return (
    <div className="mt-14">
      {settings.data && !mayWrite && (
        <MissingScope scope="settings:write" title="You can look, but not change anything" />
      )}
      {settings.data && mayWrite && isNeverConfigured(settings.data) && (
        <Notice title="No webhooks yet">
          <p className="text-ink-muted">Enter the URL of your receiver, turn its webhook on and save.</p>
        </Notice>
      )}
      {settings.isPending && <SettingsSkeleton />}
      {settings.isLoadingError && (
        <FailureNotice
          heading="The settings could not be loaded"
          failure={failureOf(settings.error)}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data && <SettingsForm stored={settings.data} locked={!mayWrite} />}
    </div>
  );
}
