import type { DeliveryFilter, WebhookSettingsView } from '@interview-webhooks/schema';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { Skeleton } from '../ui/skeleton.tsx';

/** Where deliveries of a filter go to, by the settings of now. */
export function Destinations({ filter }: { filter: DeliveryFilter }) {
  const { event, ai_interview_id } = filter;
  const mayRead = useScope('settings:read');
  const global = trpc.settings.webhookSettings.useQuery(undefined, {
    enabled: mayRead && ai_interview_id === undefined,
  });
  const own = trpc.interviews.webhookSettings.useQuery(
    { ai_interview_id: ai_interview_id ?? '' },
    { enabled: mayRead && ai_interview_id !== undefined },
  );
  if (!mayRead) return null;
  const { data, isError } = ai_interview_id === undefined ? global : own;
  if (isError) return null;
  const webhooks = data?.webhooks;
  return (
    <>
      <dl className="mt-4 grid gap-x-4 rounded-lg border border-line bg-sunken px-3.5 py-3 text-[13px]/5 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-y-2">
        {event !== 'ai_interview.submission' && <Destination name="Start" target={webhooks?.start} />}
        {event !== 'ai_interview.start' && <Destination name="Submission" target={webhooks?.submission} />}
      </dl>
      {ai_interview_id === undefined && (
        <p className="mt-2 text-xs/5 text-ink-muted">Or to the URL that an AI interview has of its own.</p>
      )}
    </>
  );
}

interface DestinationProps {
  name: string;
  target: WebhookSettingsView['webhooks']['start'] | undefined;
}

function Destination({ name, target }: DestinationProps) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="wrap-anywhere max-sm:not-last:mb-2">
        {target ? <Target target={target} /> : <Skeleton className="mt-0.5 h-4 w-48" />}
      </dd>
    </>
  );
}

function Target({ target: { status, url } }: { target: WebhookSettingsView['webhooks']['start'] }) {
  if (!status) return 'Switched off: these are cancelled, not sent.';
  return <span className="font-mono text-xs/5">{url}</span>;
}
