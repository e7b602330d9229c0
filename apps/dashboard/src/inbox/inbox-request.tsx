import type { InboxRequest } from '@interview-webhooks/schema';
import { ChevronRight, ShieldCheck, ShieldX } from 'lucide-react';
import { HttpMessage } from '../attempts/http-message.tsx';
import { Moment } from '../ui/moment.tsx';
import { Pill } from '../ui/pill.tsx';
import { answerName } from './answers.ts';

interface InboxRequestEntryProps {
  request: InboxRequest;
  /** Shown in full at first. */
  open: boolean;
}

/** One request that came in: what its signature came to, and on demand all of it. */
export function InboxRequestEntry({ request, open }: InboxRequestEntryProps) {
  const { method, path, headers, body, truncated, signature, answer, received_at } = request;
  return (
    <li>
      <details open={open} className="group/request">
        <summary
          data-row=""
          className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-3 text-[13px]/5 select-none hover:bg-hover/60 focus-visible:-outline-offset-2 sm:px-5 [&::-webkit-details-marker]:hidden"
        >
          <ChevronRight
            aria-hidden
            className="size-4 text-ink-muted transition-transform group-open/request:rotate-90"
          />
          <span className="font-medium">{eventOf(body) ?? `${method} ${path}`}</span>
          <Pill tone={signature.ok ? 'ok' : 'danger'} icon={signature.ok ? ShieldCheck : ShieldX}>
            {signature.ok ? 'Signature valid' : 'Signature not valid'}
          </Pill>
          <span className="ml-auto text-ink-muted">
            <Moment at={received_at} />, {answerName(answer)}
          </span>
        </summary>
        <div className="grid gap-3 px-4 pb-5 sm:px-5 sm:pl-12">
          <p className="text-[13px]/5 text-ink-muted">Signature: {signature.reason}.</p>
          <HttpMessage
            title="Request"
            summary={`${method} ${path}`}
            headers={Object.fromEntries(headers.map(({ name, value }) => [name, value]))}
            body={body}
            truncated={truncated}
          />
        </div>
      </details>
    </li>
  );
}

/** What a webhook of ours tells; anything may come in. */
function eventOf(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('event' in parsed)) return undefined;
    return typeof parsed.event === 'string' ? parsed.event : undefined;
  } catch {
    return undefined;
  }
}
