import type { DisabledWebhook, FailingEndpoint, Overview } from '@interview-webhooks/schema';
import { CirclePause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { counted } from '../lib/counted.ts';
import { isolated } from '../lib/isolated.ts';
import { Moment } from '../ui/moment.tsx';
import { type Way, WayIn } from './way-in.tsx';

/** What somebody has to see to: webhooks that the system switched off, and endpoints that fail. */
export function Attention({ overview }: { overview: Overview }) {
  const { disabled_webhooks, failing_endpoints } = overview;
  if (disabled_webhooks.length + failing_endpoints.length === 0) return null;
  return (
    <section aria-label="Needs attention" className="mt-6">
      <ul className="divide-y divide-danger-line/60 overflow-hidden rounded-xl border border-danger-line bg-danger-soft">
        {disabled_webhooks.map((webhook) => (
          <Disabled key={`${webhook.webhook} ${webhook.ai_interview_id ?? ''}`} webhook={webhook} />
        ))}
        {failing_endpoints.map((endpoint) => (
          <Failing key={endpoint.url} endpoint={endpoint} />
        ))}
      </ul>
    </section>
  );
}

function Disabled({ webhook: disabled }: { webhook: DisabledWebhook }) {
  const { webhook, ai_interview_id, ai_interview_name, url, reason, disabled_at } = disabled;
  const what = webhook === 'start' ? 'start' : 'submission';
  const whose =
    ai_interview_id === null ? 'The' : `For “${isolated(ai_interview_name ?? 'an AI interview')}” alone, the`;
  return (
    <Item
      icon={<CirclePause aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />}
      title={`${whose} ${what} webhook was switched off`}
      way={
        ai_interview_id === null
          ? { to: '/settings' }
          : { to: '/interviews/$id', params: { id: ai_interview_id } }
      }
      wayText={ai_interview_id === null ? 'Mend it in the settings' : 'Open the AI interview'}
    >
      {reason !== null && `${reason} `}By the system, <Moment at={disabled_at} />.
      {url !== null && <code className="block font-mono text-xs/5 wrap-anywhere">{url}</code>}
    </Item>
  );
}

function Failing({ endpoint }: { endpoint: FailingEndpoint }) {
  const { url, failures, failing_since, paused_until } = endpoint;
  return (
    <Item
      icon={<TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />}
      title={
        <>
          <span className="font-mono text-xs wrap-anywhere">{url}</span> is failing
        </>
      }
      way={{ to: '/deliveries', search: { state: 'pending' } }}
      wayText="Show what waits"
    >
      {counted(failures, 'failure')}
      {failures > 1 && ' in a row'}, since <Moment at={failing_since} />.{' '}
      {paused_until !== null && (
        <>
          Sending there is paused; one delivery finds out whether it works again,{' '}
          <Moment at={paused_until} ahead />.
        </>
      )}
    </Item>
  );
}

interface ItemProps {
  icon: ReactNode;
  title: ReactNode;
  way: Way;
  wayText: string;
  children: ReactNode;
}

function Item({ icon, title, way, wayText, children }: ItemProps) {
  return (
    <li className="flex gap-3 px-4 py-3 text-[13px]/5">
      {icon}
      <div className="flex min-w-0 grow flex-wrap items-start justify-between gap-x-6 gap-y-1.5">
        <div className="min-w-0">
          <p className="font-semibold">{title}</p>
          <p className="text-ink-muted">{children}</p>
        </div>
        <WayIn way={way}>{wayText}</WayIn>
      </div>
    </li>
  );
}
