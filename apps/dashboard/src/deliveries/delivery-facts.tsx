import type { Delivery } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isolated } from '../lib/isolated.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { textLink } from '../ui/text-link.ts';

/** What the delivery is about, with the ways to what belongs to it. */
export function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const { delivery_id, ai_interview_id, ai_interview_name, response_id, candidate_email } = delivery;
  return (
    <dl className="grid gap-x-6 gap-y-2 border-y border-line py-4 text-[13px]/5 sm:grid-cols-[auto_minmax(0,1fr)]">
      <Fact name="Candidate">{isolated(candidate_email)}</Fact>
      <Fact name="AI interview">
        <Link to="/interviews/$id" params={{ id: ai_interview_id }} className={textLink}>
          {isolated(ai_interview_name)}
        </Link>
        ,{' '}
        <Link to="/deliveries" search={{ ai_interview_id }} className={textLink}>
          all its deliveries
        </Link>
      </Fact>
      <Fact name="Response">
        <Link
          to="/interviews/$id"
          params={{ id: ai_interview_id }}
          search={{ response: response_id }}
          className={textLink}
        >
          What became of it
        </Link>
        ,{' '}
        <Link to="/deliveries" search={{ response_id }} className={textLink}>
          both its deliveries
        </Link>
      </Fact>
      <Fact name="Id">
        <span className="-my-0.5 flex max-w-full items-center gap-1">
          <code className="font-mono text-xs wrap-anywhere text-ink">{delivery_id}</code>
          <CopyButton text={delivery_id} what="delivery id" />
        </span>
        <span className="block text-xs/5 text-ink-muted">
          The header webhook-id: the same on every attempt.
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere max-sm:-mt-2">{children}</dd>
    </div>
  );
}
